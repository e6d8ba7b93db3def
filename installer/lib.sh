# What the commands of this folder share; sourced, not run. All talk goes to stderr: stdout belongs to what they start.
# shellcheck shell=bash

root=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)

# The preset that is built, and started or tested: any of CMakePresets.json that has the program in it.
preset=${LOOPSCOPE_PRESET:-release}

say() { printf 'loopscope: %s\n' "$*" >&2; }

die()
{
    say "$*"
    exit 1
}

# packages COLUMN GROUP…: the names in that column of packages.txt (2 is Debian's).
packages()
{
    local column=$1
    shift
    awk -v column="$column" -v groups=" $* " \
        '!/^#/ && index(groups, " " $1 " ") && $column != "-" { print $column }' "$root/installer/packages.txt"
}

# As root: directly, or by sudo, which asks for a password on the terminal, if there is one, wherever stdin comes from.
as_root()
{
    if [[ $(id -u) -eq 0 ]]; then
        "$@"
    elif { : </dev/tty; } 2>/dev/null; then
        sudo -- "$@"
    else
        sudo -n -- "$@"
    fi
}

install_by_apt()
{
    say "installing ${missing[*]}"
    [[ $(id -u) -eq 0 ]] || command -v sudo >/dev/null \
        || die "these packages have to be installed by root first, and there is no sudo here: ${missing[*]}"
    as_root true || die "these packages have to be installed by root first, and sudo refuses: ${missing[*]}"
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 update >&2 \
        || say "the lists of packages could not be brought up to date; going on with the old ones"
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 install \
        --yes --no-install-recommends "${missing[@]}" >&2 </dev/null \
        || die "installing the packages failed; what apt-get said is above"
}

name_packages_of_others()
{
    say "packages are installed by themselves on Debian and its relatives only; here, please install what is missing of these:"
    say "  Fedora:   dnf install $(packages 3 "$@" | paste -sd' ')"
    say "  Arch:     pacman -S $(packages 4 "$@" | paste -sd' ')"
    say "  openSUSE: zypper install $(packages 5 "$@" | paste -sd' ')"
}

# require GROUP…: installs what is missing of these groups of packages.txt.
require()
{
    groups=("$@")
    command -v dpkg-query >/dev/null && command -v apt-get >/dev/null || return 0
    local wanted installed
    wanted=$(packages 2 "$@" | sort -u)
    # shellcheck disable=SC2086 # names of packages have no spaces
    installed=$(dpkg-query -W -f '${Package} ${db:Status-Status}\n' $wanted 2>/dev/null | awk '$2 == "installed" { print $1 }' | sort -u) || true
    mapfile -t missing < <(comm -23 <(echo "$wanted") <(echo "$installed"))
    [[ ${#missing[@]} -eq 0 ]] && return
    install_by_apt
    rm -f -- "$root"/build/*/configured # what was not found before may be found now
}

# configure PRESET [CMAKE ARGS…]: prepares build/PRESET, unless that has been done since the presets changed.
configure()
{
    local preset=$1 directory="$root/build/$1"
    shift
    if [[ -f $directory/CMakeCache.txt ]] && ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$root" "$directory/CMakeCache.txt"; then
        say "build/$preset was made for another place of the sources; making it anew"
        rm -rf -- "$directory"
    fi
    [[ $# -eq 0 && -f $directory/build.ninja && $directory/configured -nt $root/CMakePresets.json ]] && return
    say "configuring build/$preset"
    if ! cmake -S "$root" --preset "$preset" "$@" >&2; then
        command -v apt-get >/dev/null || name_packages_of_others "${groups[@]}"
        die "configuring build/$preset failed; the reason is above"
    fi
    touch "$directory/configured"
}

# build PRESET TARGET…: brings the targets of build/PRESET up to date, and says nothing where they are.
build()
{
    local preset=$1 directory="$root/build/$1"
    shift
    # A dry run first: ninja would say "no work to do" on every start of the program.
    [[ $(ninja -C "$directory" -n "$@" 2>/dev/null) == *"no work to do"* ]] && return
    say "building build/$preset"
    (cd -- "$root" && cmake --build --preset "$preset" --parallel "$(nproc)" --target "$@") >&2 </dev/null \
        || die "building build/$preset failed; the compiler's reason is above"
}
