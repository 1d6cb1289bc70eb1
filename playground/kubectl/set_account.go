package kubectl

func setAccountVerb() *verb {
	return &verb{
		name: "set serviceaccount", types: true, aliases: []string{"sa"},
		short:    "Change the service account that pods run as.",
		usage:    "(-f FILENAME | TYPE NAME | TYPE/NAME) SERVICE_ACCOUNT [flags]",
		examples: []string{"kubectl set serviceaccount deployment web builder"},
		flags:    setFlags,
		run: func(c *call) error {
			if len(c.args) == 0 {
				return usageError("serviceaccount is required")
			}
			words, account := c.args[:len(c.args)-1], c.args[len(c.args)-1]
			if len(words) == 0 && !c.given("filename") {
				return usageError(missingResource)
			}
			return c.setEach(words, "serviceaccount updated", func(_ *info, spec map[string]any) error {
				spec["serviceAccountName"] = account
				delete(spec, "serviceAccount")
				return nil
			})
		},
	}
}
