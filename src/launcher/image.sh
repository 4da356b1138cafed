# shellcheck shell=bash
# ./kvasir image: container images without a container daemon or a registry. The base is Debian's C and
# C++ libraries and a Java runtime cut to size, no shell; Jib puts the program on it.

image_folder=$target/image
image_user=10001
image_epoch=1767225600
image_packages=base-files,libc6,libgcc-s1,libstdc++6,zlib1g
# What the program and its libraries use of Java; java.desktop for PDFBox, which asks it for fonts' shapes.
image_modules=java.base,java.desktop,java.instrument,java.logging,java.management,java.naming,java.net.http
image_modules+=,java.security.jgss,java.security.sasl,java.sql,jdk.charsets,jdk.crypto.ec,jdk.localedata
image_modules+=,jdk.management,jdk.naming.dns,jdk.unsupported,jdk.zipfs
# Jib's checksums are slow without the second compiler, which .mvn leaves out for the compiler's sake.
long_lived=MAVEN_OPTS=-XX:TieredStopAtLevel=4
image_flavours='kvasir kvasir-with-model kvasir-cuda'

image_options='--fresh-base --base --help'

command_image() {
  local flavours=() cuda_base=''
  while [ $# -gt 0 ]; do
    case $1 in
      --help | -h) help_image && return ;;
      --fresh-base) rm -rf "$image_folder/base" "$image_folder/java" ;;
      --base | --base=*)
        cuda_base=${1#--base}
        cuda_base=${cuda_base#=}
        [ -n "$cuda_base" ] || { [ $# -gt 1 ] && shift && cuda_base=$1; }
        ;;
      kvasir | kvasir-with-model | kvasir-cuda) flavours+=("$1") ;;
      -*) usage_error "unknown option $1$(nearest "$1" "$image_options"); ./kvasir image --help lists them" ;;
      *) usage_error "there is no image \"$1\"$(nearest "$1" "$image_flavours"); there are: $image_flavours" ;;
    esac
    shift
  done
  [ ${#flavours[@]} -gt 0 ] || flavours=(kvasir kvasir-with-model)
  case " ${flavours[*]} " in
    *' kvasir-cuda '*) check_cuda_base "$cuda_base" "${#flavours[@]}" ;;
    *) [ -z "$cuda_base" ] || usage_error '--base is for kvasir-cuda alone; the others have a base of their own' ;;
  esac
  make_folders
  check_machine
  ensure_built
  ensure_image_base
  if [ -n "$cuda_base" ]; then
    build_cuda_image "$cuda_base"
  else
    build_images "${flavours[@]}"
  fi
}

# CUDA's libraries are not Debian's to give: they come with a base of NVIDIA's, pinned like everything else.
check_cuda_base() {
  [ "$2" -eq 1 ] || usage_error 'kvasir-cuda is built by itself'
  [[ $1 =~ ^[^[:space:]]+@sha256:[0-9a-f]{64}$ || $1 = tar:///* ]] ||
    usage_error 'kvasir-cuda needs --base REGISTRY/IMAGE@sha256:DIGEST with CUDA 12 and cuDNN 9, or tar:///FILE of one'
}

# Builds the base once: the same base gives the same images, to the last bit.
ensure_image_base() {
  step 'Image base'
  [ ! -f "$image_folder/base/base.tar" ] || [ ! -d "$image_folder/java" ] || return 0
  [ "$(id -u)" -eq 0 ] || fail 'only root can lay out a file system' 'Once: sudo ./kvasir image'
  command -v mmdebstrap >/dev/null || apt_install mmdebstrap
  local home work=$image_folder/base.tmp
  home=$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")
  [ -d "$home/jmods" ] || fail "$home has no modules to cut a Java runtime from" 'Install: openjdk-17-jdk-headless'
  rm -rf "$work"
  mkdir -p "$work/root"
  progress 'libraries'
  logged "$logs/image.log" env "SOURCE_DATE_EPOCH=$image_epoch" mmdebstrap --mode=root --variant=extract \
    "--include=$image_packages" --aptopt='Apt::Install-Recommends "false"' \
    --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-include=/usr/share/doc/*/copyright' \
    "--extract-hook=$root/src/launcher/image-packages.sh \"\$1\"" \
    "$(. /etc/os-release && echo "$VERSION_CODENAME")" "$work/debian.tar" ||
    fail 'the libraries could not be laid out' "Details: $logs/image.log"
  tar -xf "$work/debian.tar" -C "$work/root" --exclude='./dev/*'
  progress 'Java runtime'
  logged "$logs/image.log" "$home/bin/jlink" --module-path "$home/jmods" --add-modules "$image_modules" \
    --no-header-files --no-man-pages --output "$work/root/opt/java" ||
    fail 'the Java runtime could not be cut to size' "Details: $logs/image.log"
  note_java_package "$home" "$work/root" 2>>"$logs/image.log"
  progress 'certificates'
  make_trust_store "$work" || fail 'the certificates could not be stored' "Details: $logs/image.log"
  trim_image_root "$work/root"
  pack_image_base "$work"
  rm -rf "$image_folder/base" "$image_folder/java"
  cp -a "$work/root/opt/java" "$image_folder/java"
  rm -rf "$work/root" "$work/debian.tar" "$work/certificates"
  mv "$work" "$image_folder/base"
  done_step "$(size_mib "$image_folder/base/base.tar") MiB"
}

# Where the runtime is Debian's: its version for scanners, and its licences.
note_java_package() {
  local home=$1 tree=$2 package
  package=$(dpkg-query --search "$home/lib/libjava.so" | cut -d : -f 1) || return 0
  dpkg-query --status "$package" >"$tree/var/lib/dpkg/status.d/$package"
  install -D -m 644 "/usr/share/doc/$package/copyright" "$tree/usr/share/doc/$package/copyright"
}

# Debian's own certificates, not this machine's, which may trust others too.
make_trust_store() {
  local work=$1
  apt_unpack ca-certificates "$work/certificates" || return
  rm -f "$work/root/opt/java/lib/security/cacerts"
  java -Dkeystore.pkcs12.certProtectionAlgorithm=NONE -Dkeystore.pkcs12.macAlgorithm=NONE \
    "$root/src/launcher/TrustStore.java" "$work/certificates/usr/share/ca-certificates/mozilla" \
    "$work/root/opt/java/lib/security/cacerts" >>"$logs/image.log" 2>&1
}

# Takes away what tells of this machine or is of no use without a shell, and adds the user.
trim_image_root() {
  local tree=$1
  rm -rf "$tree"/dev "$tree"/etc/{apt,dpkg,resolv.conf,hostname,debconf.conf,update-motd.d,skel,profile.d,fstab,issue,issue.net} \
    "$tree"/usr/share/{debconf,bash-completion,base-files,perl5,pixmaps,lintian,man,locale,dict,gcc,gdb,info,misc} \
    "$tree"/usr/share/doc/mawk "$tree"/var/lib/dpkg/status.d/mawk "$tree"/usr/{bin,sbin,games,include,src,local} "$tree"/usr/lib/*-linux-gnu/gconv \
    "$tree"/{bin,sbin,boot,home,media,mnt,srv} "$tree"/var/{cache,local,mail,opt,spool,lib/apt,lib/dpkg/{info,alternatives,updates,triggers},log,backups}
  mkdir -p "$tree/usr/bin"
  ln -s /opt/java/bin/java "$tree/usr/bin/java"
  printf 'root:x:0:0:root:/root:/sbin/nologin\nkvasir:x:%s:%s:Kvasir:/var/lib/kvasir:/sbin/nologin\n' \
    "$image_user" "$image_user" >"$tree/etc/passwd"
  printf 'root:x:0:\nkvasir:x:%s:\n' "$image_user" >"$tree/etc/group"
  printf 'hosts: files dns\npasswd: files\ngroup: files\n' >"$tree/etc/nsswitch.conf"
  install -d -m 750 -o "$image_user" -g "$image_user" "$tree"/var/lib/kvasir{,/models}
  chmod 1777 "$tree/tmp"
}

# An image of one layer, in the form in which Docker saves images and Jib reads them.
pack_image_base() {
  local work=$1 pack=$1/pack digest
  mkdir -p "$pack"
  tar -cf "$pack/layer.tar" -C "$work/root" --sort=name --numeric-owner "--mtime=@$image_epoch" \
    --format=posix --pax-option=exthdr.name=%d/PaxHeaders/%f,delete=atime,delete=ctime,delete=mtime .
  digest=$(sha256sum "$pack/layer.tar" | cut -d ' ' -f 1)
  printf '{"architecture":"%s","os":"linux","created":"2026-01-01T00:00:00Z","config":{"Env":["PATH=/opt/java/bin","JAVA_HOME=/opt/java"]},"rootfs":{"type":"layers","diff_ids":["sha256:%s"]}}' \
    "$(dpkg --print-architecture)" "$digest" >"$pack/config.json"
  printf '[{"Config":"config.json","RepoTags":["kvasir-base:local"],"Layers":["layer.tar"]}]' >"$pack/manifest.json"
  tar -cf "$work/base.tar" -C "$pack" manifest.json config.json layer.tar
  rm -rf "$pack"
}

# Lists the libraries (CycloneDX) and puts the program on the base, for each flavour named.
build_images() {
  local flavour goals=()
  for flavour in "$@"; do
    goals+=("jib:buildTar@$flavour")
  done
  step 'Images'
  : >"$logs/image.log"
  rm -rf "$image_folder/bill"
  (cd "$root" && logged "$logs/image.log" env "$long_lived" mvn -B -ntp -Pimage cyclonedx:makeBom "${goals[@]}") ||
    fail "$(grep -m 1 -E '^\[ERROR\]' "$logs/image.log" || echo 'Jib failed')" "Details: $logs/image.log"
  done_step "$# built"
  for flavour in "$@"; do
    say "  target/image/$flavour.tar: $(size_mib "$image_folder/$flavour.tar") MiB, $(cat "$image_folder/$flavour.tar.digest")"
  done
}

# The program with ONNX Runtime's CUDA build, and a Java runtime, on a base that has CUDA.
build_cuda_image() {
  step 'Image'
  : >"$logs/image.log"
  rm -rf "$image_folder/bill"
  (cd "$root" && logged "$logs/image.log" env "$long_lived" mvn -B -ntp -Pimage,cuda "-Dimage.base=$1" \
    cyclonedx:makeBom jib:buildTar@kvasir-cuda) ||
    fail "$(grep -m 1 -E '^\[ERROR\]' "$logs/image.log" || echo 'Jib failed')" "Details: $logs/image.log"
  done_step 'built'
  say "  target/image/kvasir-cuda.tar: $(size_mib "$image_folder/kvasir-cuda.tar") MiB, $(cat "$image_folder/kvasir-cuda.tar.digest")"
}

size_mib() {
  echo $(($(stat -c %s "$1") / 1048576))
}

help_image() {
  cat <<'HELP'
usage: ./kvasir image [--fresh-base] [kvasir] [kvasir-with-model]
       ./kvasir image --base REGISTRY/IMAGE@sha256:DIGEST kvasir-cuda

Builds container images as OCI archives in target/image, without a daemon or a registry:
  kvasir             the program; decoders come from a volume
  kvasir-with-model  with the default decoder inside
  kvasir-cuda        the program for NVIDIA GPUs, on a base with CUDA 12, cuDNN 9 and glibc 2.34 or newer
Load one with: podman load -i target/image/kvasir.tar   or: kind load image-archive …

--fresh-base lays out the base anew, with Debian's latest updates; the same base gives the same digest.
HELP
}
