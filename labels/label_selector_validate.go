package labels

// ValidateLabelSelector returns all that is wrong with a LabelSelector in the given field ("spec.selector"), as
// the API server says it, in the order of the fields; map keys come sorted. A nil selector is valid.
func ValidateLabelSelector(s *LabelSelector, field string) FieldErrors {
	if s == nil {
		return nil
	}
	errs := ValidateLabels(s.MatchLabels, child(field, "matchLabels"))
	for i := range s.MatchExpressions {
		errs = append(errs, s.MatchExpressions[i].validate(at(child(field, "matchExpressions"), i))...)
	}
	return errs
}

func (r *LabelSelectorRequirement) validate(field string) (errs FieldErrors) {
	switch op := r.Operator.operator().code(); {
	case op == opNever:
		errs = append(errs, FieldError{Type: InvalidValue, Field: child(field, "operator"),
			Value: jsonString(string(r.Operator)), Detail: "not a valid selector operator"})
	case op.set() && len(r.Values) == 0:
		errs = append(errs, FieldError{Type: RequiredValue, Field: child(field, "values"),
			Detail: "must be specified when `operator` is 'In' or 'NotIn'"})
	case op.unary() && len(r.Values) > 0:
		errs = append(errs, FieldError{Type: Forbidden, Field: child(field, "values"),
			Detail: "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"})
	}
	for _, msg := range ValidateKey(r.Key) {
		errs = append(errs, invalid(child(field, "key"), r.Key, msg))
	}
	for i, v := range r.Values {
		for _, msg := range ValidateValue(v) {
			errs = append(errs, invalid(at(child(field, "values"), i), v, msg))
		}
	}
	return errs
}
