#!/bin/sh
# Runs a program in a root of its own, in which it sees what is named here and nothing else.
#
#   isolate.sh join GROUP PROGRAM...
#   isolate.sh enter ROOT PIPE BYTES FILES USER HIDDEN... -- SHOWN... -- PROGRAM...
#   isolate.sh lock PROGRAM...
#
# `join` becomes a member of a control group, of which GROUP is the list of processes, and then the program.
# `enter` is started by unshare(1) as process 1 of new mount, PID, network, IPC and UTS namespaces, with the right to mount in them.
# ROOT is an empty folder, PIPE the socket on which the program talks; BYTES and FILES bound its /tmp. USER is the user to become, or
# `-` where this already is an unprivileged one in a user namespace. HIDDEN folders are empty there, SHOWN ones read-only, among them
# the one of this script.
# `lock` gives up the last rights, in a user namespace and a mount namespace of its own.
set -eu
umask 022
PATH=/usr/sbin:/usr/bin:/sbin:/bin
export PATH

lock() {
  # No user namespaces in this one: a program that makes its own has the kernel's rarely tried parts before it. The file speaks of
  # the namespace of whoever writes it, so that it must not be written outside one.
  read -r inside outside count < /proc/self/uid_map
  [ "$count" = 1 ] || { echo "isolate: not in a user namespace of its own" >&2; exit 70; }
  echo 0 > /proc/sys/user/max_user_namespaces
  mount -o remount,bind,ro,nosuid,nodev,noexec /proc
  # PATH was for this script.
  exec setpriv --no-new-privs --bounding-set=-all --inh-caps=-all --ambient-caps=-all -- env -u PATH -u PWD -u OLDPWD "$@"
}

# Shows a file or a folder at its own path, read-only.
show() {
  if [ -d "$1" ]; then
    mkdir -p "$root$1"
  else
    mkdir -p "$root${1%/*}"
    [ -e "$root$1" ] || : > "$root$1"
  fi
  mount --bind "$1" "$root$1"
  mount -o remount,bind,ro,nosuid,nodev "$root$1"
}

device() {
  : > "$root/dev/$1"
  mount --bind "/dev/$1" "$root/dev/$1"
  mount -o remount,bind,ro,nosuid,noexec "$root/dev/$1"
}

mode=$1
shift
case $mode in
  join)
    echo 0 > "$1"
    shift
    exec "$@"
    ;;
  lock) lock "$@" ;;
esac

root=$1 pipe=$2 bytes=$3 files=$4 user=$5
shift 5
mount -t tmpfs -o mode=755,nosuid,nodev,size=1m none "$root"

mkdir "$root/dev" "$root/proc" "$root/run" "$root/tmp" "$root/old"
for name in null zero full random urandom; do
  device "$name"
done
mount -t proc -o nosuid,nodev,noexec none "$root/proc"
mount -t tmpfs -o "mode=1777,nosuid,nodev,noexec,size=$bytes,nr_inodes=$files" none "$root/tmp"
: > "$root/run/pipe"
mount --bind "$pipe" "$root/run/pipe"
mount -o remount,bind,ro,nosuid,nodev,noexec "$root/run/pipe"

# The system's programs and libraries, and nothing of /etc but where the libraries are.
show /usr
for folder in /bin /sbin /lib /lib32 /lib64; do
  if [ -L "$folder" ]; then
    ln -s "$(readlink "$folder")" "$root$folder"
  elif [ -d "$folder" ]; then
    show "$folder"
  fi
done
[ ! -e /etc/ld.so.cache ] || show /etc/ld.so.cache

hidden=
while [ "$1" != -- ]; do
  if [ -d "$root$1" ]; then
    mount -t tmpfs -o mode=755,nosuid,nodev,size=1m none "$root$1"
    hidden="$hidden$1
"
  fi
  shift
done
shift
while [ "$1" != -- ]; do
  show "$1"
  shift
done
shift
printf '%s' "$hidden" | while IFS= read -r folder; do
  mount -o remount,bind,ro,nosuid,nodev "$root$folder"
done

cd "$root"
pivot_root . old
cd /
umount -l /old
rmdir /old
mount -o remount,bind,ro,nosuid,nodev /
cd /tmp

# This script stays process 1: when its program ends, so does whatever the program has started, cut loose or not.
if [ "$user" = - ]; then
  (lock "$@") && status=0 || status=$?
else
  setpriv --reuid="$user" --regid="$user" --clear-groups -- \
    unshare --user --map-root-user --mount -- /bin/sh "$0" lock "$@" && status=0 || status=$?
fi
exit "$status"
