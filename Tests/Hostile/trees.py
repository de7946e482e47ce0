"""The directories that a hostile guest is given, and what lies beside them and must stay as it is."""

import os
import stat
from pathlib import Path

# What links inside the grant say. Absolute ones to the outside tree are added by `make`.
LINKS = {
    "up": "..",
    "out": "../outside",
    "out-file": "../outside/canary",
    "out-new": "../outside/new",
    "absolute": "/etc",
    "absolute-file": "/etc/passwd",
    "hop": "dir/far",
    "dir/far": "../../outside",
    "dir/back-out": "../../outside/canary",
    "slash-out": "../outside/",
    "granted-by-name": "../granted",
    "self": ".",
    "here": "dir/..",
    "loop": "loop",
    "grows": "grows/grows",
     }


def make(top):
    """Below `top`: granted, readonly, and outside, all of which anybody may change."""
    for name in ("granted", "readonly"):
        for folder in ("", "dir", "dir/deep", "empty"):
            (top / name / folder).mkdir()
        (top / name / "file").write_text("inside\n")
        (top / name / "dir/inner").write_text("inside\n")
        (top / name / "dir/file").write_text("inside\n")
        (top / name / "dir/empty").mkdir()
    granted = top / "granted"
    for name, text in LINKS.items():
        (granted / name).symlink_to(text)
    (granted / "absolute-outside").symlink_to(top / "outside")
    for number in range(41):
        (granted / f"chain-{number}").symlink_to(f"chain-{number + 1}" if number < 40 else "file")
    for folder in ("outside", "outside/dir", "outside/dir/deep"):
        (top / folder).mkdir()
    (top / "outside/canary").write_text("canary\n")
    (top / "outside/dir/canary").write_text("canary\n")
    (top / "outside/link").symlink_to("canary")
    for folder, _, files in os.walk(top):
        os.chmod(folder, 0o777)
        for name in files:
            if not (Path(folder) / name).is_symlink():
                os.chmod(Path(folder) / name, 0o666)
    os.chmod(top, 0o755)


def give(top, user):
    """Makes everything below `top` somebody's."""
    for folder, folders, files in os.walk(top):
        for name in folders + files:
            os.chown(Path(folder) / name, user, user, follow_symlinks=False)


def describe(folder):
    """Every entry below a folder, and the folder: type, mode, owner, size, times, number, links, contents."""
    entries = {}
    for path in [folder, *sorted(folder.rglob("*"))]:
        facts = path.lstat()
        content = os.readlink(path) if path.is_symlink() else None
        if stat.S_ISREG(facts.st_mode):
            descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
            content = os.read(descriptor, 4096)
            os.close(descriptor)
        entries[str(path.relative_to(folder))] = ( facts.st_mode, facts.st_uid, facts.st_gid, facts.st_size,
                    facts.st_mtime_ns, facts.st_ctime_ns, facts.st_ino, facts.st_nlink, content)
    return entries


class Canary:
    """What lies outside: as it was, or `changes` says what is not."""

    def __init__(self, top):
        self.top = top
        self.outside = describe(top / "outside")
        self.readonly = describe(top / "readonly")
        self.names = sorted(os.listdir(top))

    def changes(self):
        found = []
        for name, before in (("outside", self.outside), ("readonly", self.readonly)):
            now = describe(self.top / name)
            found += [f"{name}/{key}" for key in sorted(before.keys() | now.keys()) if before.get(key) != now.get(key)]
        if sorted(os.listdir(self.top)) != self.names:
            found.append("names beside the granted directory")
        return found
