"""Every setting, read once from the environment, checked together, frozen. Imports nothing of ours."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import available_timezones

PREFIX = "HAVEN_"
LOOPBACK = ("127.0.0.1", "::1", "localhost")
LONGEST_TIMEOUT = 600  # seconds


class SettingsError(Exception):
    """All problems found in the settings, one line each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Settings:
    """What an agency may decide. Each field is read from `HAVEN_<NAME>`; the metadata says what it means."""

    env: str = field(default="demo", metadata={"help": "demo (secrets made at first start, codes shown) or production"})
    data: Path = field(default=Path("var"), metadata={"help": "folder for the database, secrets and model weights"})
    database_url: str = field(
        default="", metadata={"help": "SQLAlchemy URL; empty means SQLite inside the data folder"}
    )
    secret_key: str = field(default="", repr=False, metadata={"help": "signs cookies and forms; 32 characters or more"})
    host: str = field(default="127.0.0.1", metadata={"help": "address to listen on"})
    port: int = field(default=8000, metadata={"help": "port to listen on"})
    proxies: int = field(default=0, metadata={"help": "trusted proxies in front: 0 when browsers reach Haven directly"})
    public_url: str = field(default="", metadata={"help": "https address people type; needed in production"})
    exit_url: str = field(
        default="https://www.weather.gov/", metadata={"help": "the plain page Quick exit leads to, https only"}
    )
    time_zone: str = field(default="America/Chicago", metadata={"help": "zone for times shown on pages"})
    chat_days: int = field(default=90, metadata={"help": "days a chat message is kept"})
    message_length: int = field(default=2000, metadata={"help": "longest message, in characters"})
    send_burst: int = field(default=8, metadata={"help": "messages one person may send in ten seconds"})
    invite_hours: int = field(default=72, metadata={"help": "hours an invite code works"})
    idle_minutes: int = field(default=10, metadata={"help": "quiet minutes before a shared device is signed out"})
    session_days: int = field(default=30, metadata={"help": "days a device stays signed in"})
    lease_minutes: int = field(default=15, metadata={"help": "minutes a moderator holds a case without activity"})
    p0_minutes: int = field(default=15, metadata={"help": "minutes to a first human look at a P0 case"})
    p1_minutes: int = field(default=240, metadata={"help": "minutes to a first human look at a P1 case"})
    p2_minutes: int = field(default=1440, metadata={"help": "minutes to a first human look at a P2 case"})
    toxicity_weights: Path | None = field(
        default=None, metadata={"help": "folder with the adviser's weights; empty means <data>/toxicity"}
    )
    toxicity_timeout: float = field(default=10.0, metadata={"help": "seconds the toxicity adviser may take for a text"})
    argon2_memory_kib: int = field(default=65536, metadata={"help": "memory for one passphrase hash, in KiB"})
    argon2_passes: int = field(default=3, metadata={"help": "passes of one passphrase hash"})
    secure_cookies: bool = field(default=False, metadata={"help": "cookies over https only; always on in production"})

    @property
    def is_demo(self) -> bool:
        """True when demo people, codes on the sign-in page and made-up secrets are allowed."""
        return self.env == "demo"

    @property
    def database(self) -> str:
        """The SQLAlchemy URL in force."""
        return self.database_url or f"sqlite:///{(self.data / 'haven.db').resolve()}"

    @property
    def weights(self) -> Path:
        """Where the toxicity adviser's weights are looked for."""
        return self.toxicity_weights or self.data / "toxicity"


def from_env(environ: Mapping[str, str]) -> Settings:
    """Read `HAVEN_*` from `environ`. Raises SettingsError naming every problem at once, unknown names included."""
    problems: list[str] = []
    values: dict[str, object] = {}
    known = {f"{PREFIX}{f.name.upper()}": f for f in fields(Settings)}
    problems += [
        f"{name}: no such setting" for name in sorted(environ) if name.startswith(PREFIX) and name not in known
    ]
    for name, spec in known.items():
        raw = environ.get(name, "").strip()
        if not raw:
            continue
        try:
            values[spec.name] = _parse(str(spec.type), raw)
        except ValueError as error:
            problems.append(f"{name}: {error}")
    settings = Settings(**values)  # type: ignore[arg-type]
    problems += _check(settings)
    if problems:
        raise SettingsError(problems)
    return settings


def _parse(kind: str, raw: str) -> object:
    if kind == "int":
        if not re.fullmatch(r"\d{1,9}", raw):
            raise ValueError("must be a whole number")
        return int(raw)
    if kind == "float":
        return float(raw)
    if kind == "bool":
        if raw.lower() not in {"yes", "no"}:
            raise ValueError("must be yes or no")
        return raw.lower() == "yes"
    if kind.startswith("Path"):
        return Path(raw)
    return raw


def _check(settings: Settings) -> list[str]:
    problems = []
    if settings.env not in {"demo", "production"}:
        problems.append(f"{PREFIX}ENV: must be demo or production")
    if not 1 <= settings.port <= 65535:
        problems.append(f"{PREFIX}PORT: must be between 1 and 65535")
    if settings.proxies > 5:
        problems.append(f"{PREFIX}PROXIES: must be the number of proxies in front, 0 to 5")
    if urlsplit(settings.exit_url).scheme != "https":
        problems.append(f"{PREFIX}EXIT_URL: must start with https://")
    positive = (
        "chat_days",
        "message_length",
        "send_burst",
        "lease_minutes",
        "invite_hours",
        "idle_minutes",
        "session_days",
        "argon2_passes",
    )
    problems += [f"{PREFIX}{name.upper()}: must be 1 or more" for name in positive if getattr(settings, name) < 1]
    if not 0 < settings.toxicity_timeout < LONGEST_TIMEOUT:  # false for nan too
        problems.append(f"{PREFIX}TOXICITY_TIMEOUT: must be more than 0 and less than {LONGEST_TIMEOUT}")
    if settings.time_zone not in available_timezones():
        problems.append(f"{PREFIX}TIME_ZONE: must be a zone such as America/Chicago")
    if settings.is_demo and settings.host not in LOOPBACK:
        problems.append(f"{PREFIX}HOST: a demo shows its codes to all, so it listens on {LOOPBACK[0]} only")
    return problems + (_check_production(settings) if settings.env == "production" else [])


def _check_production(settings: Settings) -> list[str]:
    problems = []
    if len(settings.secret_key) < 32:
        problems.append(f"{PREFIX}SECRET_KEY: production needs 32 characters or more")
    if urlsplit(settings.public_url).scheme != "https":
        problems.append(f"{PREFIX}PUBLIC_URL: production needs an https address")
    return problems
