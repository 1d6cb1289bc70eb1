package kubectl

func editVerb() *verb {
	return &verb{
		name: "edit", types: true,
		short:    "Change objects in an editor; this terminal has none, so it says what to do instead.",
		usage:    "(TYPE NAME | TYPE/NAME | -f FILENAME) [flags]",
		examples: []string{"kubectl edit deployment/web"},
		flags: []flagSpec{
			fileFlag, outputFlag, selectorFlag,
			{name: "field-manager", typ: stringFlag, help: "The name under which the fields are owned."},
			{name: "save-config", typ: boolFlag, help: "Accepted; nothing is saved."},
			laterFlag("windows-line-endings"), laterFlag("output-patch"), laterFlag("subresource"), recursiveFlag, kustomizeFlag,
		},
		run: edit,
	}
}

// edit says how to do without an editor, for the object that was meant.
func edit(c *call) error {
	list, err := c.infos(c.args)
	if err != nil || len(list) == 0 {
		return err
	}
	in := &list[0]
	what, file := called(in.res, in.name()), in.name()+".yaml"
	flag := ""
	if in.namespace != "" && in.namespace != c.env.Namespace {
		flag = " -n " + in.namespace
	}
	return usageError("error: unable to launch the editor \"vi\"\n" +
		"  There is no editor in this terminal. Change one field at a time:\n" +
		"    kubectl patch " + what + flag + " -p '{\"metadata\":{\"labels\":{\"tier\":\"web\"}}}'\n" +
		"  (or with kubectl set, scale, label and annotate), or work on a copy:\n" +
		"    kubectl get " + what + flag + " -o yaml > " + file + "\n" +
		"    kubectl apply -f " + file)
}
