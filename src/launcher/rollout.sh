# shellcheck shell=bash
# What a rolling update of k8s/base does, played with podman: a server with what changed starts beside the
# old one, which ends once the new one is ready. Here the key of its secret changes.

rollout_key=key-of-the-new-secret-of-the-test

pods_roll() {
  local old new second deadline=$((SECONDS + 300)) asked before
  old=http://$(pod_address kvasir-pod-0):8080
  second=$(make_pod_key kvasir-pod-0 third)
  podman_here secret rm kvasir-key-new >/dev/null 2>&1 || true
  printf '{"key":"%s"}' "$(printf '%s' "$rollout_key" | base64 -w 0)" | podman_here secret create kvasir-key-new -
  server_manifests | sed 's/^  name: kvasir$/  name: kvasir-next/; s/name: kvasir-key-[0-9a-z]\{10\}$/name: kvasir-key-new/' \
    >"$pods_folder/next.yaml"
  grep -q kvasir-key-new "$pods_folder/next.yaml"
  (cd "$pods_folder" && podman_here kube play --network "$pods_network" next.yaml)
  until new=http://$(pod_address kvasir-next-pod-0):8080 && pod_is_ready kvasir-next-pod-0; do
    pod_is_ready kvasir-pod-0 || { echo 'the old server stopped answering'; return 1; }
    [ "$SECONDS" -lt "$deadline" ] || { podman_here logs --tail 30 kvasir-next-pod-0-server; return 1; }
    sleep 1
  done
  asks "$rollout_key" "$new"
  asks "$second" "$new"
  asks "$second" "$old"
  asks "$(dev_key)" "$old"
  if asks "$(dev_key)" "$new"; then
    echo 'the new server takes the old key'
    return 1
  fi
  # Long enough to be under way when the old server is stopped, which waits until it was asked.
  before=$(questions_of_old_server)
  KVASIR_HTTP_KEY=$second "$root/kvasir" ask 'Tell a long story about ravens.' --paths closed-book \
    --max-tokens 200 --server "$old" >"$pods_folder/last-answer" &
  asked=$!
  until [ "$(questions_of_old_server)" -gt "$before" ]; do
    [ "$SECONDS" -lt "$deadline" ] || { echo 'the last question never arrived'; return 1; }
    sleep 0.1
  done
  podman_here stop --time 60 kvasir-pod-0-server
  [ "$(podman_here inspect --format '{{.State.ExitCode}}' kvasir-pod-0-server)" -eq 0 ]
  wait "$asked"
  cat "$pods_folder/last-answer"
  asks "$second" "$new"
}

questions_of_old_server() {
  podman_here logs kvasir-pod-0-server 2>&1 | grep -c ' asked",' || true
}

# The settings and the server of the dev overlay, without the database.
server_manifests() {
  awk 'BEGIN { RS = "---\n"; ORS = "" }
    /\nkind: ConfigMap\n/ || (/\nkind: Deployment\n/ && /component: server/) { print "---\n" $0 }' "$pods_folder/pods.yaml"
}

asks() {
  KVASIR_HTTP_KEY=$1 "$root/kvasir" ask 'Who flies?' --collection ravens --paths rag --max-tokens 4 --server "$2"
}

# Makes a key inside a pod, as OPERATING.md says it for kubectl exec.
make_pod_key() {
  podman_here exec "$1-server" java -cp @/opt/kvasir/jib-classpath-file io.kvasir.Main keys create "$2"
}

dev_key() {
  sed -n 's/^key=//p' "$root/k8s/overlays/dev/key.env"
}
