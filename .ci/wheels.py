"""python3 wheels.py DIST VERSION: packs each archive of DIST into a wheel whose only file is the binary.

A wheel is a zip as https://packaging.python.org/en/latest/specifications/binary-distribution-format/ describes it. Its
entries bear the time of the binary in the archive, which is that of the commit.
"""

import base64
import hashlib
import re
import sys
import tarfile
import time
import zipfile
from pathlib import Path

# The oldest systems that Go's binaries run on. They need no C library, so that one wheel serves glibc and musl.
PLATFORMS = {
    "linux_amd64": "manylinux_2_17_x86_64.manylinux2014_x86_64.musllinux_1_1_x86_64",
    "linux_arm64": "manylinux_2_17_aarch64.manylinux2014_aarch64.musllinux_1_1_aarch64",
    "darwin_amd64": "macosx_12_0_x86_64",
    "darwin_arm64": "macosx_12_0_arm64",
    "windows_amd64": "win_amd64",
    "windows_arm64": "win_arm64",
}
METADATA = """\
Metadata-Version: 2.4
Name: djleak
Version: {version}
Summary: Finds what makes a Django application hold memory
License-Expression: Apache-2.0
License-File: LICENSE
License-File: THIRD_PARTY_LICENCES
Project-URL: Source, https://github.com/djleak/djleak
Requires-Python: >=3.8
Classifier: Environment :: Console
Classifier: Framework :: Django
Classifier: Topic :: Software Development :: Quality Assurance
Description-Content-Type: text/markdown

{readme}"""
WHEEL = """\
Wheel-Version: 1.0
Generator: djleak
Root-Is-Purelib: false
{tags}
"""


def main(dist, version):
    python_version = pep440(version)
    archives = sorted(Path(dist).glob("djleak_*.tar.gz"))
    if not archives:
        sys.exit(f"{dist} holds no archive: .ci/dist builds them")
    for archive in archives:
        platform = next((p for p in PLATFORMS if archive.name.endswith(f"_{p}.tar.gz")), None)
        if platform is None:
            sys.exit(f"{archive.name}: for which platform is it?")
        wheel = Path(dist) / f"djleak-{python_version}-py3-none-{PLATFORMS[platform]}.whl"
        pack(archive, wheel, python_version, PLATFORMS[platform])
        print(wheel.name, wheel.stat().st_size)


def pep440(version):
    """Writes a semantic version as Python does: 1.3.0-rc.1 is 1.3.0rc1."""
    match = re.fullmatch(r"(\d+\.\d+\.\d+)(?:-(alpha|beta|rc|dev)(?:\.(\d+))?)?", version)
    if not match:
        if re.fullmatch(r"\d+\.\d+\.\d+\.dev\d+", version):
            return version
        sys.exit(f"{version} is no version that Python can name")
    number, kind, serial = match.groups()
    names = {"alpha": "a", "beta": "b", "rc": "rc", "dev": ".dev"}
    return number + (names[kind] + (serial or "0") if kind else "")


def pack(archive, wheel, version, platform):
    info = f"djleak-{version}.dist-info"
    files = {}
    with tarfile.open(archive) as tar:
        for member in tar.getmembers():
            if not member.isfile():
                continue
            name = Path(member.name).name
            content = tar.extractfile(member).read()
            if name.startswith("djleak"):
                stamp = time.gmtime(member.mtime)[:6]
                files[f"djleak-{version}.data/scripts/{name}"] = (content, 0o755)
            elif name == "README.md":
                readme = content.decode()
            else:
                files[f"{info}/licenses/{name}"] = (content, 0o644)
    tags = "\n".join(f"Tag: py3-none-{tag}" for tag in platform.split("."))
    files[f"{info}/METADATA"] = (METADATA.format(version=version, readme=readme).encode(), 0o644)
    files[f"{info}/WHEEL"] = (WHEEL.format(tags=tags).encode(), 0o644)
    record = "".join(f"{name},sha256={digest(content)},{len(content)}\n" for name, (content, _) in files.items())
    files[f"{info}/RECORD"] = (f"{record}{info}/RECORD,,\n".encode(), 0o644)
    with zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as target:
        for name, (content, mode) in files.items():
            entry = zipfile.ZipInfo(name, stamp)
            entry.external_attr = (0o100000 | mode) << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, content)


def digest(content):
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
