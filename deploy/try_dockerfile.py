"""Executes the Dockerfile without a container engine, then runs its image as compose.yaml would.

    debootstrap --variant=minbase --include=ca-certificates,netbase,tzdata,libssl3,libffi8,libbz2-1.0,liblzma5,\
libsqlite3-0,zlib1g,libreadline8,libncursesw6,libuuid1,libexpat1 bookworm BASE
    python deploy/try_dockerfile.py --base BASE --python PREFIX --build-arg OFFLINE=1

It needs root, on Linux. Each step runs in a copy of BASE that also has the Python of PREFIX. The image then runs
without a network: with a read-only root file system, not as root, without capabilities, and with the weights in a
volume. Its health check must pass, a text must be spoken, and SIGTERM must end it. The exit status is 0 if all of this
succeeds.
"""

from __future__ import annotations

import argparse
import ctypes
import fcntl
import json
import os
import re
import shlex
import shutil
import socket
import stat
import struct
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).parents[1]
DOCKERFILE = ROOT / "deploy" / "Dockerfile"
INSTRUCTION = re.compile(r"([A-Z]+)\s+(.*)", re.DOTALL)
VARIABLE = re.compile(r"\$\{(\w+)\}")
NEW_NETWORK = 0x40000000  # CLONE_NEWNET of sched.h
SET_FLAGS, IS_UP = 0x8914, 1  # SIOCSIFFLAGS of sockios.h, IFF_UP of if.h
OUR_FOLDER = "KOKORO_TRY_DOCKERFILE"
DEVICES = {"null": 3, "zero": 5, "full": 7, "random": 8, "urandom": 9}
STARTS_WITHIN, ENDS_WITHIN = 300, 20
TMPFS = "size=2500m,mode=1777"  # as in compose.yaml


def main() -> None:
    options = argparse.ArgumentParser(prog="try_dockerfile.py", description=__doc__.partition("\n")[0])
    options.add_argument("--base", type=Path, required=True, help="a Debian root file system, which is copied")
    options.add_argument(
        "--python", type=Path, required=True, metavar="PREFIX", help="the prefix of the Python to copy into it"
    )
    options.add_argument("--build-arg", action="append", default=[], metavar="NAME=VALUE")
    options.add_argument("--pip-conf", type=Path, help="pip.conf for the build, for instance for a mirror")
    options.add_argument("--bind", type=Path, action="append", default=[], help="a folder to mount during the build")
    chosen = options.parse_args()
    if OUR_FOLDER not in os.environ:
        sys.exit(with_own_mounts())
    image = Image(Path(os.environ[OUR_FOLDER]), dict(given.split("=", 1) for given in chosen.build_arg))
    image.begin(chosen.base, chosen.python, chosen.pip_conf, chosen.bind)
    for name, rest in instructions(DOCKERFILE.read_text(encoding="utf-8")):
        print(f"==> {name} {rest}", flush=True)
        image.do(name, rest)
    image.end_build(chosen.bind)
    serve(image)
    print("The Dockerfile builds, and its image serves.")


def with_own_mounts() -> int:
    """Run this script again in its own mount namespace, so that its mounts are gone before its folder is removed."""
    folder = tempfile.mkdtemp(prefix="image-")
    unshare = ["unshare", "--mount", "--propagation", "private", "--pid", "--fork", "--kill-child", sys.executable]
    try:
        return subprocess.call([*unshare, __file__, *sys.argv[1:]], env={**os.environ, OUR_FOLDER: folder})
    finally:
        subprocess.run(["rm", "-rf", "--one-file-system", folder], check=True)


def instructions(text: str) -> list[tuple[str, str]]:
    """Return the instructions of a Dockerfile: the name and the rest of each."""
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    joined = "\n".join(lines).replace("\\\n", " ")
    return [(match[1], match[2].strip()) for line in joined.splitlines() if (match := INSTRUCTION.fullmatch(line))]


class Image:
    """An image that is being built: its root file system, and what its commands run with.

    folder: for the root file system (`root`) and the volume.
    build_args: as for `docker build`.
    """

    def __init__(self, folder: Path, build_args: dict[str, str]) -> None:
        self.root, self._kept, self._given = folder / "root", folder / "volume", build_args
        self.environment = {"PATH": "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin"}
        self._arguments: dict[str, str] = {}
        self.folder, self.user, self.volume = "/", "0:0", ""
        self.health: list[str] = []
        self.command: list[str] = []

    def begin(self, base: Path, python: Path, pip_conf: Path | None, bound: list[Path]) -> None:
        """Fill the root file system as `FROM python:VERSION-slim` would."""
        self.root.mkdir()
        subprocess.run(["cp", "-a", f"{base}/.", self.root], check=True)
        local = self.root / "usr/local"
        for part in ("bin", "lib", "include"):
            (local / part).mkdir(exist_ok=True)
        version = subprocess.check_output(
            [python / "bin/python3", "-c", "import sys; print('%d.%d' % sys.version_info[:2])"]
        )
        name = f"python{version.decode().strip()}"
        print(f"The image has {name}.")
        shutil.copy(python / "bin" / name, local / "bin" / name)
        for alias in ("python", "python3"):
            (local / "bin" / alias).symlink_to(name)
        shutil.copytree(
            python / "lib" / name,
            local / "lib" / name,
            ignore=shutil.ignore_patterns("site-packages", "test", "__pycache__"),
        )
        for library in (python / "lib").glob("libpython3*.so*"):
            shutil.copy(library, local / "lib", follow_symlinks=False)
        for name in ("resolv.conf", "ssl/certs/ca-certificates.crt"):
            shutil.copy(Path("/etc") / name, self.root / "etc" / name)
        if pip_conf is not None:
            shutil.copy(pip_conf, self.root / "etc/pip.conf")
        self._mount("-t", "proc", "proc", "proc")
        self._devices()
        for folder in bound:
            self.within(str(folder)).mkdir(parents=True, exist_ok=True)
            self._mount("--bind", "-o", "ro", str(folder), str(folder).lstrip("/"))
        self.run("ldconfig && python -m ensurepip && ln -s pip3 /usr/local/bin/pip")

    def do(self, name: str, rest: str) -> None:
        """Execute an instruction.

        Raises:
            SystemExit: if this script does not know it.
        """
        if name == "FROM":
            return
        if name == "ARG":
            key, _, default = rest.partition("=")
            self._arguments[key] = self._given.get(key, default)
        elif name == "ENV":
            self.environment |= dict(pair.split("=", 1) for pair in shlex.split(rest))
        elif name == "WORKDIR":
            self.folder = rest
            self.within(rest).mkdir(parents=True, exist_ok=True)
        elif name == "COPY":
            self._copy(rest.split())
        elif name == "RUN":
            self.run(rest)
        elif name == "USER":
            self.user = rest
        elif name == "VOLUME":
            self.volume = rest
        elif name == "HEALTHCHECK":
            self.health = json.loads(rest[rest.index("[") :])
        elif name == "CMD":
            self.command = json.loads(rest)
        elif name != "EXPOSE":
            raise SystemExit(f"This script does not know {name}.")

    def within(self, path: str) -> Path:
        """Return where a path of the image is on this machine."""
        return self.root / path.lstrip("/")

    def run(self, command: str) -> None:
        """Run a shell command in the image.

        Raises:
            CalledProcessError: if it fails.
        """
        subprocess.run(self.started(["/bin/sh", "-ec", command]), check=True, env=self.environment | self._arguments)

    def started(self, command: list[str]) -> list[str]:
        """Return the command line that runs a command in the image."""
        user, group = self.user.split(":")
        rights = [] if user == "0" else ["--no-new-privs", "--bounding-set=-all", "--inh-caps=-all"]
        change = f'cd {shlex.quote(self.folder)} && exec "$@"'
        as_user = ["setpriv", "--reuid", user, "--regid", group, "--clear-groups", *rights, "--"]
        return ["chroot", str(self.root), *as_user, "/bin/sh", "-c", change, "sh", *command]

    def end_build(self, bound: list[Path]) -> None:
        """Make everything but the volume and /tmp read-only, and leave the network."""
        for folder in bound:
            subprocess.run(["umount", self.within(str(folder))], check=True)
        (self.root / "etc/pip.conf").unlink(missing_ok=True)
        self._mount("--bind", str(self.root), "")
        subprocess.run(["mount", "-o", "remount,ro,bind", self.root], check=True)
        self._mount("-t", "proc", "proc", "proc")
        self._mount("-t", "tmpfs", "-o", "size=64m", "tmpfs", "dev/shm")
        self._mount("-t", "tmpfs", "-o", TMPFS, "tmpfs", "tmp")
        # Docker fills a new volume with the content of the image.
        subprocess.run(["cp", "-a", self.within(self.volume), self._kept], check=True)
        self._mount("--bind", str(self._kept), self.volume.lstrip("/"))
        if ctypes.CDLL(None, use_errno=True).unshare(NEW_NETWORK):
            raise OSError(ctypes.get_errno(), "unshare")
        with socket.socket() as any_socket:
            fcntl.ioctl(any_socket, SET_FLAGS, struct.pack("16sh14x", b"lo", IS_UP))

    def _mount(self, *arguments: str) -> None:
        *options, place = arguments
        subprocess.run(["mount", *options, self.root / place], check=True)

    def _devices(self) -> None:
        for name, number in DEVICES.items():
            path = self.root / "dev" / name
            if not path.exists():
                os.mknod(path, 0o666 | stat.S_IFCHR, os.makedev(1, number))
            path.chmod(0o666)
        (self.root / "dev/shm").mkdir(exist_ok=True)
        self._mount("-t", "tmpfs", "tmpfs", "dev/shm")

    def _copy(self, paths: list[str]) -> None:
        """Copy files under their names, and the content of folders, as Docker does.

        Raises:
            SystemExit: if .dockerignore excludes a source.
        """
        ignored = (ROOT / "deploy/Dockerfile.dockerignore").read_text(encoding="utf-8").splitlines()
        *sources, to = paths
        target = self.within(f"{self.folder}/{to}")
        for source in sources:
            if f"!{source}" not in ignored:
                raise SystemExit(f"Dockerfile.dockerignore keeps {source} out.")
            if (ROOT / source).is_dir():
                shutil.copytree(ROOT / source, target, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(ROOT / source, target)


def serve(image: Image) -> None:
    """Run the image, and check that it serves.

    Raises:
        SystemExit: saying what failed.
    """
    port = image.environment["GRADIO_SERVER_PORT"]
    touched = subprocess.run(image.started(["touch", "/app/x", "/etc/x", "/x"]), env=image.environment, check=False)
    if not touched.returncode:
        raise SystemExit("The root file system can be written to.")
    began = time.monotonic()
    with subprocess.Popen(image.started(image.command), env=image.environment) as server:
        try:
            while subprocess.run(
                image.started(image.health), env=image.environment, stderr=subprocess.DEVNULL, check=False
            ).returncode:
                if server.poll() is not None or time.monotonic() - began > STARTS_WITHIN:
                    raise SystemExit("The health check fails.")
                time.sleep(1)
            print(f"The health check passes after {time.monotonic() - began:.0f} s.")
            variables = image.environment | image._arguments
            while True:
                health = json.load(urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=10))
                if variables.get("OFFLINE") != "1" or "8 bits" in (health["checkpoint"] or ""):
                    break
                if time.monotonic() - began > STARTS_WITHIN:
                    raise SystemExit(f"The weights of the image are not used: {health}")
                time.sleep(1)
            print(f"{health['checkpoint']} speaks after {time.monotonic() - began:.0f} s.")
            body = json.dumps({"input": "The old man looked at the sea.", "response_format": "wav"}).encode()
            request = urllib.request.Request(
                f"http://127.0.0.1:{port}/v1/audio/speech", body, {"Content-Type": "application/json"}
            )
            sound = urllib.request.urlopen(request, timeout=120).read()
            if not sound.startswith(b"RIFF") or len(sound) < 20_000:
                raise SystemExit("It does not speak.")
            print(f"It speaks: {len(sound):,} bytes.")
            server.terminate()
            print(f"SIGTERM ends it with status {server.wait(ENDS_WITHIN)}.")
        finally:
            server.kill()


if __name__ == "__main__":
    main()
