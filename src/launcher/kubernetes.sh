# shellcheck shell=bash
# What the tests of k8s/ need: a program that renders the manifests, and a proxy before two servers.

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

# Unpacked beside the system: Debian's package would start a web server that nobody asked for.
ensure_nginx() {
  step 'nginx'
  local folder=$target/tools/nginx
  [ ! -x /usr/sbin/nginx ] && [ ! -x "$folder/usr/sbin/nginx" ] || return 0
  rm -rf "$folder"
  apt_unpack nginx "$folder" ||
    fail "Debian's package nginx could not be unpacked" 'Install nginx 1.18 or newer.' "Details: $logs/packages.log"
  "$folder/usr/sbin/nginx" -v >>"$logs/packages.log" 2>&1 ||
    fail 'it does not run here' 'Install it: apt-get install nginx' "Details: $logs/packages.log"
  done_step 'unpacked'
}
