package kubectl

import "strings"

func setImageVerb() *verb {
	return &verb{
		name: "set image", types: true,
		short:    "Change the images of containers.",
		usage:    "(-f FILENAME | TYPE NAME | TYPE/NAME) CONTAINER_NAME_1=IMAGE_1 ... CONTAINER_NAME_N=IMAGE_N [flags]",
		examples: []string{"kubectl set image deployment/web nginx=nginx:1.29", "kubectl set image deploy web *=nginx:1.29"},
		flags:    setFlags,
		run:      setImage,
	}
}

func setImage(c *call) error {
	words, changes, err := splitChanges(c.args, "image")
	switch {
	case err != nil:
		return err
	case len(words) == 0 && !c.given("filename"):
		return usageError(missingResource)
	case len(changes) == 0:
		return usageError("at least one image update is required")
	}
	for _, pair := range changes {
		if !strings.Contains(pair, "=") {
			return usageError("at least one image update is required")
		}
		if name, _, _ := strings.Cut(pair, "="); name == "*" && len(changes) > 1 {
			return usageError("all containers are already specified by *, but saw more than one container_name=container_image pairs")
		}
	}
	return c.setEach(words, "image updated", func(_ *info, spec map[string]any) error {
		var missing []string
		for _, pair := range changes {
			name, image, _ := strings.Cut(pair, "=")
			found := containersOf(spec, name)
			for _, con := range found {
				con["image"] = image
			}
			if len(found) == 0 {
				missing = append(missing, "unable to find container named "+quote(name))
			}
		}
		if missing != nil {
			return usageError("error: " + joinErrors(missing))
		}
		return nil
	})
}
