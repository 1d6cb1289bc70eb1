package schema

import (
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var rewriteDocs = flag.Bool("rewrite", false, "write docs.txt again from the comments of orchestrate/api")

// mostDocs is how long docs.txt may be, in bytes: a browser loads it.
const mostDocs = 25 << 10

// rare are types that beginners do not meet.
var rare = strings.Fields(`AttachedVolume CSIVolumeSource ClusterTrustBundleProjection ConfigMapNodeConfigSource ContainerExtendedResourceRequest
	ContainerResizePolicy ContainerRestartRule ContainerRestartRuleOnExitCodes ContainerUser DaemonEndpoint EndpointHints EphemeralContainer
	EvictionResponder FieldError FileChange FileKeySelector ForNode ForZone GRPCAction GroupResource ImageVolumeSource ImageVolumeStatus
	LinuxContainerUser ManagedFieldsEntry NodeAllocatableMappedResources NodeAllocatableOverheadResources NodeAllocatableResourceClaimStatus NodeConfigSource
	NodeConfigStatus NodeDaemonEndpoints NodeFeatures NodePodPreemptionPolicy NodeRuntimeHandler NodeRuntimeHandlerFeatures NodeSwapStatus
	PodCertificateProjection PodExtendedResourceClaimStatus PodOS PodResourceClaim PodResourceClaimStatus PodSchedulingGroup PodVolumeHealth
	PortStatus ResourceClaim ResourceHealth ResourceStatus SELinuxOptions Sysctl TypedObjectReference VolumeDevice VolumeHealthCondition VolumeMountStatus
	VolumeStatus WindowsSecurityContextOptions EventSeries NodeSystemInfo ContainerImage VolumeProjection ServiceAccountTokenProjection
	DownwardAPIVolumeFile DownwardAPIVolumeSource DownwardAPIProjection ProjectedVolumeSource ObjectProjection NFSVolumeSource EphemeralVolumeSource
	PersistentVolumeClaimTemplate ResourceFieldSelector TypedLocalObjectReference Endpoints EndpointSubset EndpointAddress EndpointsPort
	PodDNSConfig PodDNSConfigOption HostAlias PodReadinessGate PodSchedulingGate SessionAffinityConfig ClientIPConfig
	SecurityProfile SleepAction HostIP PodIP LoadBalancerIngress LoadBalancerStatus ServiceStatus EndpointPort EndpointConditions Lease LeaseSpec
	EventSource NodeAddress VolumeResourceRequirements HTTPHeader SuccessPolicy SuccessPolicyRule PodFailurePolicyOnExitCodesRequirement
	PodFailurePolicyOnPodConditionsPattern EndpointSlice Endpoint`)

// rareFields are fields that beginners do not meet, of types that they do.
var rareFields = strings.Fields(`
	PodSpec: activeDeadlineSeconds serviceAccount shareProcessNamespace hostUsers setHostnameAsFQDN os overhead resourceClaims resources hostnameOverride
	schedulingGroup evictionResponders dnsConfig runtimeClassName preemptionPolicy enableServiceLinks readinessGates hostAliases subdomain hostPID hostIPC
	schedulingGates priority ephemeralContainers automountServiceAccountToken
	Container: resizePolicy restartPolicyRules stdinOnce terminationMessagePath terminationMessagePolicy volumeDevices
	PodStatus: resize resourceClaimStatuses extendedResourceClaimStatus nominatedNodeName ephemeralContainerStatuses hostIPs podIPs observedGeneration
	allocatedResources resources nodeAllocatableResourceClaimStatuses
	ContainerStatus: allocatedResources allocatedResourcesStatus resources volumeMounts user stopSignal
	ServiceSpec: healthCheckNodePort publishNotReadyAddresses sessionAffinityConfig ipFamilies ipFamilyPolicy allocateLoadBalancerNodePorts loadBalancerClass
	loadBalancerSourceRanges trafficDistribution loadBalancerIP clusterIPs externalIPs internalTrafficPolicy externalTrafficPolicy
	ServicePort: appProtocol
	ObjectMeta: selfLink managedFields deletionGracePeriodSeconds
	SecurityContext: seLinuxOptions windowsOptions procMount seccompProfile appArmorProfile
	PodSecurityContext: seLinuxOptions windowsOptions sysctls supplementalGroupsPolicy seLinuxChangePolicy fsGroupChangePolicy appArmorProfile seccompProfile
	NodeStatus: config runtimeHandlers features volumesInUse volumesAttached declaredFeatures daemonEndpoints phase nodeInfo images
	NodeSpec: configSource externalID providerID podCIDRs
	TopologySpreadConstraint: matchLabelKeys nodeAffinityPolicy nodeTaintsPolicy minDomains
	PodAffinityTerm: matchLabelKeys mismatchLabelKeys namespaceSelector
	VolumeMount: mountPropagation recursiveReadOnly subPathExpr
	VolumeSource: nfs csi ephemeral image downwardAPI projected
	Event: series related action reportingComponent reportingInstance eventTime source
	ServiceAccount: imagePullSecrets secrets automountServiceAccountToken
	Probe: terminationGracePeriodSeconds
	ContainerPort: hostIP
	ObjectReference: fieldPath resourceVersion
	OwnerReference: blockOwnerDeletion
	EnvVarSource: fileKeyRef resourceFieldRef`)

// leftOut tells whether a field is one of the rare ones.
func leftOut(owner, name string) bool {
	i := slices.Index(rareFields, owner+":")
	for i >= 0 && i+1 < len(rareFields) && !strings.HasSuffix(rareFields[i+1], ":") {
		if i++; rareFields[i] == name {
			return true
		}
	}
	return false
}

// enums are the types of which upstream publishes all values.
var enums = strings.Fields(`ConditionStatus DNSPolicy DeploymentStrategyType IPFamilyPolicy MountPropagationMode NamespacePhase NodeSelectorOperator PodPhase
	PodQOSClass PreemptionPolicy Protocol PullPolicy RestartPolicy ServiceAffinity ServiceExternalTrafficPolicy ServiceInternalTrafficPolicy
	ServiceType TaintEffect TerminationMessagePolicy TolerationOperator URIScheme UnsatisfiableConstraintAction HostPathType AddressType`)

// reached are the types that manifests can contain, by name.
func reached() map[string]reflect.Type {
	all := map[string]reflect.Type{}
	var walk func(t reflect.Type)
	walk = func(t reflect.Type) {
		switch t.Kind() {
		case reflect.Pointer, reflect.Slice, reflect.Map:
			walk(t.Elem())
		case reflect.Struct:
			if _, known := all[t.Name()]; known || t.Name() == "Quantity" || t.Name() == "IntOrString" {
				return
			}
			all[t.Name()] = t
			for i := range t.NumField() {
				walk(t.Field(i).Type)
			}
		}
	}
	for _, r := range Resources() {
		walk(reflect.TypeOf(r.New()))
	}
	return all
}

// commentsOf reads the comments and the constants of the package of types.
func commentsOf(t *testing.T) (text map[string]string, values map[string][]string) {
	text, values = map[string]string{}, map[string][]string{}
	entries, err := os.ReadDir("../api")
	require.NoError(t, err)
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), ".go") || strings.HasSuffix(e.Name(), "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), "../api/"+e.Name(), nil, parser.ParseComments)
		require.NoError(t, err)
		for _, d := range f.Decls {
			g, ok := d.(*ast.GenDecl)
			if !ok {
				continue
			}
			for _, s := range g.Specs {
				switch s := s.(type) {
				case *ast.TypeSpec:
					structComments(s, g, text)
				case *ast.ValueSpec:
					constants(s, values)
				}
			}
		}
	}
	return text, values
}

func structComments(s *ast.TypeSpec, g *ast.GenDecl, text map[string]string) {
	st, ok := s.Type.(*ast.StructType)
	if !ok {
		return
	}
	first, _, _ := strings.Cut(g.Doc.Text(), "\n\n")
	text[s.Name.Name] = strings.Join(strings.Fields(first), " ")
	for _, f := range st.Fields.List {
		if f.Tag == nil {
			continue
		}
		tag, _ := strconv.Unquote(f.Tag.Value)
		name, _, _ := strings.Cut(reflect.StructTag(tag).Get("json"), ",")
		text[s.Name.Name+"."+name] = strings.Join(strings.Fields(f.Doc.Text()), " ")
	}
}

func constants(s *ast.ValueSpec, values map[string][]string) {
	kind, ok := s.Type.(*ast.Ident)
	if !ok || !slices.Contains(enums, kind.Name) {
		return
	}
	for _, v := range s.Values {
		if lit, ok := v.(*ast.BasicLit); ok {
			if word, err := strconv.Unquote(lit.Value); err == nil && word != "" {
				values[kind.Name] = append(values[kind.Name], word)
			}
		}
	}
}

// docsOf is what docs.txt is made of.
func docsOf(t *testing.T) string {
	text, values := commentsOf(t)
	var b strings.Builder
	b.WriteString("\n")
	types := reached()
	for _, name := range slices.Sorted(maps.Keys(types)) {
		if slices.Contains(rare, name) || text[name] == "" {
			continue
		}
		said := text[name]
		if rest, ok := strings.CutPrefix(said, name); ok {
			said = "~" + rest
		}
		fmt.Fprintf(&b, "%s\t%s\n", name, said)
		if strings.HasSuffix(name, "Condition") && name != "Condition" {
			continue // they have the fields of every condition
		}
		for _, f := range fieldsOf(types[name]) {
			said := text[name+"."+f.name]
			if said == "" || len(f.index) > 1 || leftOut(name, f.name) || f.name == "metadata" && strings.HasPrefix(said, "Standard") {
				continue
			}
			if rest, ok := strings.CutPrefix(said, strings.ToUpper(f.name[:1])+f.name[1:]); ok {
				said = "~" + rest
			}
			fmt.Fprintf(&b, " %s\t%s\n", f.name, said)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(values)) {
		slices.Sort(values[name])
		fmt.Fprintf(&b, "=%s\t%s\n", name, strings.Join(values[name], ","))
	}
	return b.String()
}

func TestDocsAreMadeOfTheComments(t *testing.T) {
	if *rewriteDocs {
		require.NoError(t, os.WriteFile("docs.txt", []byte(docsOf(t)), 0o644))
		return
	}
	require.LessOrEqual(t, len(docs), mostDocs)
	for _, line := range strings.Split(strings.TrimSpace(docs), "\n") {
		name, text, ok := strings.Cut(line, "\t")
		require.True(t, ok, line)
		require.NotEmpty(t, text, line)
		require.NotEmpty(t, name, line)
	}
}

// What the docs speak of must be there: a field that was renamed takes its sentence with it.
func TestDocsSpeakOfFieldsThatExist(t *testing.T) {
	types := reached()
	owner := ""
	for line := range strings.Lines(docs[1:]) {
		name, _, _ := strings.Cut(line, "\t")
		switch {
		case line[0] == '=':
		case line[0] == ' ':
			require.True(t, slices.ContainsFunc(fieldsOf(types[owner]), func(f field) bool { return f.name == name[1:] }), "%s.%s", owner, name[1:])
		default:
			owner = name
			require.Contains(t, types, owner)
		}
	}
}

func TestExplain(t *testing.T) {
	for _, test := range []struct{ kind, path, kindOf, text string }{
		{"pod", "", "Pod", "Pod is one or more containers"},
		{"pod", "apiVersion", "string", "The group and version"},
		{"pod", "metadata.labels", "map[string]string", "Labels are the words"},
		{"pod", "spec.containers.env.valueFrom", "EnvVarSource", ""},
		{"pod", "spec.containers.resources.limits", "map[string]Quantity", "Limits"},
		{"pod", "spec.containers.livenessProbe.httpGet.port", "IntOrString", "Port"},
		{"deploy", "spec.template.spec.containers", "[]Container", "Containers"},
		{"node", "status.conditions.reason", "string", "Reason is one CamelCase word"},
		{"secret", "data", "map[string]string", "Data"},
	} {
		t.Run(test.kind+"."+test.path, func(t *testing.T) {
			f, missing, _ := Explain(Find(test.kind), strings.FieldsFunc(test.path, func(r rune) bool { return r == '.' }))
			require.Empty(t, missing)
			require.Equal(t, test.kindOf, f.Type)
			require.True(t, strings.HasPrefix(f.Text, test.text), f.Text)
		})
	}
	_, missing, near := Explain(Find("pod"), []string{"spec", "container"})
	require.Equal(t, []string{"container", "containers"}, []string{missing, near})
	f, _, _ := Explain(Find("pod"), []string{"spec", "restartPolicy"})
	require.Equal(t, []string{"Always", "Never", "OnFailure"}, f.Values)
	f, _, _ = Explain(Find("pod"), []string{"spec", "containers"})
	require.True(t, f.Required)
}
