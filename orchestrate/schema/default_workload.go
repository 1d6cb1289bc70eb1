package schema

import "github.com/slipway-dev/slipway/orchestrate/api"

// defaultReplicaSet is upstream's SetDefaults_ReplicaSet.
func defaultReplicaSet(r *api.ReplicaSet) {
	orPointer(&r.Spec.Replicas, 1)
	defaultTemplate(&r.Spec.Template)
}

// defaultDeployment is upstream's SetDefaults_Deployment.
func defaultDeployment(d *api.Deployment) {
	s := &d.Spec
	orPointer(&s.Replicas, 1)
	or(&s.Strategy.Type, api.DeploymentRollingUpdate)
	if s.Strategy.Type == api.DeploymentRollingUpdate {
		orPointer(&s.Strategy.RollingUpdate, api.RollingUpdateDeployment{})
		orPointer(&s.Strategy.RollingUpdate.MaxUnavailable, api.TextOf("25%"))
		orPointer(&s.Strategy.RollingUpdate.MaxSurge, api.TextOf("25%"))
	}
	orPointer(&s.RevisionHistoryLimit, 10)
	orPointer(&s.ProgressDeadlineSeconds, 600)
	defaultTemplate(&s.Template)
}

// defaultTemplate fills in the pod of a template. Limits do not stand for requests here: they will, in each pod.
func defaultTemplate(t *api.PodTemplateSpec) {
	if t.Spec == nil {
		t.Spec = &api.PodSpec{}
	}
	defaultPodSpec(t.Spec)
}
