# shellcheck shell=bash
# The pods of k8s/overlays/dev, run by podman as the manifests say: the same images, users, limits and
# read-only file systems. What podman does not know (services, policies) it passes over.

pods_folder=$target/pods
pods_network=kvasir-test
images_log=$test_logs/images.log
first_digests=$pods_folder/digests
pods_packages=(podman runc conmon catatonit iptables)
# How pods find each other by name: podman has plugins before version 5 (Debian 12), then a stack of its own.
pods_plugins=(containernetworking-plugins golang-github-containernetworking-plugin-dnsname dnsmasq-base)
pods_network_stack=(netavark aardvark-dns)

test_pods() {
  local obstacle
  if ! obstacle=$(containers_obstacle); then
    count_failure 'Pods' "$obstacle"
    say '  They need a machine whose root may make containers. The other tests: ./kvasir test java web product'
    return
  fi
  if ! (ensure_podman); then
    count_failure 'Pods' 'there is no podman to play them with, and it cannot be installed'
    say '  Install podman, or leave them out: ./kvasir test java web product'
    return
  fi
  if ! obstacle=$(podman_obstacle); then
    count_failure 'Pods' "$obstacle"
    return
  fi
  test_postgres
  ensure_kustomize
  [ -n "${beside[$images_log]:-}" ] || begin_images
  step 'Images'
  if ! end_beside "$images_log"; then
    count_failure 'Images' "$(sed -n 's/^✗ //p; $p' "$images_log" | head -n 1)"
    return
  fi
  done_step 'built twice'
  check_images
  check 'the pods are played' play_pods
  check 'the server in its pod is ready' pods_ready
  check 'the pods answer a question' pods_answer
  check 'the server in its pod runs as another user than root, on a file system it cannot change' pods_restricted
  check 'a key that is made in the pod is good at once' pods_key
  check 'a server with a new key takes over from the one with the old, which ends its last answer' pods_roll
  check 'the server ends by itself when asked to' pods_stop kvasir-next-pod-0
  podman_here logs kvasir-next-pod-0-server >>"$test_logs/pods.log" 2>&1 || true
  remove_pods
  podman_here rmi --all --force >/dev/null 2>&1 || true
  podman_here network rm "$pods_network" >/dev/null 2>&1 || true
}

# Builds the images, and builds them again, beside what the page is driven through: that leaves a part of two
# cores idle, and this uses one.
begin_images() {
  rm -rf "$first_digests"
  mkdir -p "$first_digests"
  # shellcheck disable=SC2016
  begin_beside "$images_log" timeout 900 bash -c \
    '"$1/kvasir" image && cp "$2"/*.digest "$3" && rm -f "$2"/*.digest && "$1/kvasir" image' \
    images "$root" "$image_folder" "$first_digests"
}

# Succeeds where containers can be made; else says what is in the way.
containers_obstacle() {
  if [ "$(id -u)" -ne 0 ]; then
    echo 'only root can play them: sudo ./kvasir test pods'
    return 1
  fi
  if ! unshare --mount --pid --net --fork true 2>/dev/null; then
    echo 'this machine does not let even root make namespaces (it lacks CAP_SYS_ADMIN)'
    return 1
  fi
}

podman_obstacle() {
  local said
  if ! said=$(podman_here info 2>&1 >/dev/null); then
    echo "podman does not work here: $(tail -n 1 <<<"$said")"
    return 1
  fi
}

# What the images promise: what is in them, what is not, and that they can be made again.
check_images() {
  local flavour
  for flavour in kvasir kvasir-with-model; do
    check "$flavour holds what its bill of materials lists, and no secret" \
      node "$root/src/launcher/check-image.mjs" "$image_folder/$flavour.tar" "$(database_password)"
    check "$flavour, built again of the same sources on the same base, has the same digest" \
      cmp "$first_digests/$flavour.tar.digest" "$image_folder/$flavour.tar.digest"
  done
}

podman_version() {
  podman --version | sed 's/[^0-9]*//'
}

have_podman() {
  command -v podman >/dev/null || return
  [ -x /usr/lib/podman/aardvark-dns ] || { [ -x /usr/lib/cni/dnsname ] && ! at_least "$(podman_version)" 5; }
}

ensure_podman() {
  step 'podman'
  if ! have_podman; then
    apt_install "${pods_packages[@]}"
    if at_least "$(podman_version)" 5; then
      apt_install "${pods_network_stack[@]}"
    else
      apt_install "${pods_plugins[@]}"
    fi
    done_step 'installed'
  fi
  mkdir -p "$pods_folder"
  cat >"$pods_folder/containers.conf" <<'CONF'
[containers]
default_ulimits = ["nofile=16384:16384", "nproc=16384:16384"]
[engine]
cgroup_manager = "cgroupfs"
events_logger = "file"
runtime = "runc"
CONF
}

# podman with its own storage; nothing of the user's is touched.
podman_here() {
  CONTAINERS_CONF=$pods_folder/containers.conf podman \
    --root "$pods_folder/storage" --runroot "$pods_folder/run" "$@"
}

# A PostgreSQL image from this machine's own packages, started as the public image is.
build_database_image() {
  local programs version tree=$pods_folder/database
  programs=$(postgres_programs)
  version=$(basename "$(dirname "$programs")")
  rm -rf "$tree"
  mkdir -p "$tree"/{bin,etc,tmp,var/run/postgresql,var/lib/postgresql/data}
  {
    # Without what compiles queries, and what that compiles from: most of it, and PostgreSQL goes without.
    find "/usr/lib/postgresql/$version" "/usr/share/postgresql/$version" /usr/share/zoneinfo /usr/lib/locale/C.utf8 -type f \
      ! -path '*/bitcode/*' ! -name 'llvmjit*'
    { find "/usr/lib/postgresql/$version" -type f \( -name '*.so' -o -path '*/bin/*' \) ! -name 'llvmjit*' -exec ldd {} + 2>/dev/null; ldd /bin/dash; } |
      sed -n 's/.*=> \(\/[^ ]*\) .*/\1/p; s/^[[:space:]]*\(\/[^ ]*ld-linux[^ ]*\) .*/\1/p' | sort -u
  } | tr '\n' '\0' | xargs -0 cp -L --parents -t "$tree"
  cp /bin/dash "$tree/bin/sh"
  printf 'postgres:x:999:999::/var/lib/postgresql:/bin/sh\n' >"$tree/etc/passwd"
  install -m 755 "$root/src/launcher/database-start.sh" "$tree/start"
  # podman knows no fsGroup: a volume gets the owner and the mode of the folder that it is mounted on.
  chown -R 999:999 "$tree/var/lib/postgresql" "$tree/var/run/postgresql"
  chmod 1777 "$tree/tmp"
  tar -c -C "$tree" . | podman_here import -q \
    --change "ENV PATH=$programs:/bin" --change 'ENTRYPOINT ["/start"]' - localhost/kvasir-test-database:1 >/dev/null
  rm -rf "$tree"
}

# The dev overlay, with images and names as they are here. podman makes a health check of a liveness
# probe that needs curl in the image, and publishes every port: both are left out. It finds a pod by
# its name, not by a service's, reads a secret's keys only from its own store, and starts what runs
# before the server again and again unless nothing is to be started again.
render_pods() {
  local copy=$pods_folder/k8s env=$pods_folder/k8s/overlays/dev/database.env
  rm -rf "$copy"
  cp -r "$root/k8s" "$copy"
  sed -i 's/@kvasir-database:/@kvasir-database-pod-0:/' "$env"
  cat >>"$copy/overlays/dev/kustomization.yaml" <<'YAML'
  - target:
      kind: Deployment
    patch: |-
      - op: remove
        path: /spec/template/spec/containers/0/livenessProbe
      - op: remove
        path: /spec/template/spec/containers/0/startupProbe
      - op: remove
        path: /spec/template/spec/containers/0/ports
      - op: add
        path: /spec/template/spec/restartPolicy
        value: Never
images:
  - name: kvasir
    newName: localhost/kvasir
  - name: kvasir-with-model
    newName: localhost/kvasir-with-model
  - name: pgvector/pgvector
    newName: localhost/kvasir-test-database
    newTag: "1"
YAML
  run_kustomize "$copy/overlays/dev" >"$pods_folder/rendered.yaml"
  awk 'BEGIN { RS = "---\n"; ORS = "" } !/\nkind: Secret\n/ { print "---\n" $0 }' \
    "$pods_folder/rendered.yaml" >"$pods_folder/pods.yaml"
  store_secret kvasir-database "$env"
  store_secret kvasir-key "$copy/overlays/dev/key.env"
}

# Puts a generated secret where podman looks for it, under the name that the manifests give it.
store_secret() {
  local name key value pairs=''
  name=$(grep -o -m 1 "$1-[0-9a-z]\{10\}\$" "$pods_folder/rendered.yaml")
  while IFS='=' read -r key value; do
    pairs+="${pairs:+,}\"$key\":\"$(printf '%s' "$value" | base64 -w 0)\""
  done < <(grep -v '^#' "$2")
  podman_here secret rm "$name" >/dev/null 2>&1 || true
  printf '{%s}' "$pairs" | podman_here secret create "$name" - >/dev/null
}

run_kustomize() {
  if [ -x "$target/tools/kustomize" ]; then
    "$target/tools/kustomize" build "$1"
  elif command -v kustomize >/dev/null; then
    kustomize build "$1"
  else
    kubectl kustomize "$1"
  fi
}

play_pods() {
  remove_pods
  podman_here load -q -i "$image_folder/kvasir.tar"
  podman_here load -q -i "$image_folder/kvasir-with-model.tar"
  build_database_image
  podman_here network exists "$pods_network" || podman_here network create "$pods_network"
  render_pods
  # Elsewhere it takes a folder with the name of an image for one to build that image from.
  (cd "$pods_folder" && podman_here kube play --network "$pods_network" pods.yaml)
}

remove_pods() {
  [ ! -f "$pods_folder/pods.yaml" ] || podman_here kube down "$pods_folder/pods.yaml" >/dev/null 2>&1 || true
  podman_here pod rm --all --force >/dev/null 2>&1 || true
  podman_here volume rm --all --force >/dev/null 2>&1 || true
}

# The address of a pod in the test's network.
pod_address() {
  podman_here inspect --format '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}' \
    "$(podman_here pod inspect --format '{{.InfraContainerID}}' "$1")"
}

pod_is_ready() {
  [ "$(http_get "$(pod_address "$1")" 8080 /api/health/ready | head -n 1)" = 200 ]
}

# Waits for the server. One that found no database ended; a cluster would start it again, as is done here.
pods_ready() {
  local deadline=$((SECONDS + 300))
  until pod_is_ready kvasir-pod-0; do
    if [ "$(podman_here inspect --format '{{.State.Status}}' kvasir-pod-0-server)" = exited ]; then
      podman_here logs --tail 2 kvasir-pod-0-server
      podman_here pod start kvasir-pod-0
    fi
    [ "$SECONDS" -lt "$deadline" ] || {
      podman_here ps --all
      podman_here logs --tail 30 kvasir-pod-0-server
      return 1
    }
    sleep 1
  done
}

# One document, one question about it, three answers.
pods_answer() {
  local folder=$pods_folder/documents server
  server=http://$(pod_address kvasir-pod-0):8080
  mkdir -p "$folder"
  printf '# Ravens\n\nHuginn and Muninn fly over the world and tell Odin what they saw.\n' >"$folder/ravens.md"
  if "$root/kvasir" ask 'Who is there?' --server "$server"; then
    echo 'it answers who has no key'
    return 1
  fi
  export KVASIR_HTTP_KEY
  KVASIR_HTTP_KEY=$(dev_key)
  "$root/kvasir" ingest "$folder" --collection ravens --server "$server"
  "$root/kvasir" ask 'Who flies over the world?' --collection ravens --max-tokens 16 --server "$server"
}

pods_key() {
  local key
  key=$(make_pod_key kvasir-pod-0 second)
  asks "$key" "http://$(pod_address kvasir-pod-0):8080"
}

pods_restricted() {
  local process status
  process=$(podman_here inspect --format '{{.State.Pid}}' kvasir-pod-0-server)
  status=$(cat "/proc/$process/status")
  grep -P '^Uid:\t10001\t' <<<"$status"
  grep -P '^CapEff:\t0+$' <<<"$status"
  grep -P '^NoNewPrivs:\t1$' <<<"$status"
  grep -P '^Seccomp:\t2$' <<<"$status"
  grep -E '^\S+ / \S+ ro[, ]' "/proc/$process/mounts"
}

pods_stop() {
  podman_here stop --time 60 "$1-server"
  [ "$(podman_here inspect --format '{{.State.ExitCode}}' "$1-server")" -eq 0 ]
}
