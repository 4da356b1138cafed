# shellcheck shell=bash
# The program that renders the manifests of k8s/ for the tests.

least_kubectl=1.21
kustomize_version=v4.5.7

kubectl_version() {
  kubectl version --client --output=json 2>/dev/null |
    sed -n 's/.*"gitVersion": *"v\([0-9]*\.[0-9]*\).*/\1/p' | head -n 1
}

have_kustomize() {
  [ -x "$target/tools/kustomize" ] || command -v kustomize >/dev/null && return
  command -v kubectl >/dev/null && at_least "$(kubectl_version)" "$least_kubectl"
}

# Debian 13 has a kubectl that is new enough; for Debian 12 Kustomize is built from its own source.
ensure_kustomize() {
  step 'Kustomize'
  have_kustomize && return
  local offered
  offered=$(apt-cache policy kubernetes-client 2>/dev/null | sed -n 's/ *Candidate: *\([0-9:]*:\)\?\([0-9.]*\).*/\2/p')
  if [ -n "$offered" ] && at_least "$offered" "$least_kubectl"; then
    apt_install kubernetes-client
  else
    command -v go >/dev/null || apt_install golang-go
    progress "building $kustomize_version"
    mkdir -p "$target/tools"
    GOBIN=$target/tools GOPATH=$cache/go GOFLAGS=-modcacherw \
      go install "sigs.k8s.io/kustomize/kustomize/v4@$kustomize_version" >>"$logs/packages.log" 2>&1 ||
      fail "Kustomize $kustomize_version could not be built" \
        'The first test run needs the network (later ones do not).' "Details: $logs/packages.log"
  fi
  have_kustomize || fail 'nothing that renders Kustomize' 'Install kubectl 1.21 or newer.'
  done_step 'installed'
}
