"""
The town's identity provider: a real OpenID Connect login, with everybody of the town to pick from.

As the gateways of its day it has Katso behind a link, too.
"""

import logging
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib import import_module
from threading import Thread
from urllib.parse import urlencode

from flask import Flask, Response, request
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from simulator.town.inhabitants import FOLDER, KATSO_METHODS, Inhabitant, inhabitants, katso_logins

with warnings.catch_warnings():
    # It imports modules that their own makers have deprecated; that is not for us to mend. Authlib insists
    # on warning, so its word comes first and ours last.
    import_module("authlib.deprecate")
    warnings.simplefilter("ignore", DeprecationWarning)
    from oidc_provider_mock import User, init_app

# What is not for the protocol: which of its pages the provider shows.
MEANS = "means"
METHOD = "http://ftn.ficora.fi/2017/loa2"
LIFETIME = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class RunningProvider:
    """A provider at work. *issuer* is its address."""

    issuer: str
    _server: BaseWSGIServer
    _thread: Thread

    def stop(self) -> None:
        """Close it, and wait until it is closed."""
        self._server.shutdown()
        self._thread.join(5)
        self._server.server_close()


class _Quiet(WSGIRequestHandler):
    """Keeps no log: addresses hold codes and states."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        pass


def start_provider(
    port: int = 0,
    people: Sequence[Inhabitant] | None = None,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> RunningProvider:
    """Serve logins for *people*, by default the town's, on a loopback port, by the clock *now*."""
    logging.getLogger("oidc_provider_mock").setLevel(logging.CRITICAL)
    server = make_server(
        "127.0.0.1",
        port,
        _application(people or [*inhabitants(), *katso_logins()], now),
        threaded=True,
        request_handler=_Quiet,
    )
    thread = Thread(target=server.serve_forever, args=(0.05,), name="provider", daemon=True)
    thread.start()
    return RunningProvider(f"http://127.0.0.1:{server.server_port}", server, thread)


def _application(people: Sequence[Inhabitant], now: Callable[[], datetime]) -> Flask:
    app = Flask(__name__, template_folder=str(FOLDER / "templates"), static_folder=None)
    bare = app.wsgi_app
    users = [User(sub=subject(one), claims=_claims(one)) for one in people]
    init_app(app, user_claims=users)
    katso_ids = [
        (subject(one), one.katso_id, one.name, one.method == KATSO_METHODS["sub"])
        for one in people
        if one.katso_id
    ]
    # The package turns on a debugger that runs any code it is given; a town needs none.
    app.debug = False
    app.wsgi_app = bare  # type: ignore[method-assign]  # put back as Flask made it

    @app.before_request
    def hush() -> None:
        # The package calls its own library in ways that the library has deprecated. Said anew for each
        # request, since whoever runs us may have put the filters back meanwhile.
        warnings.filterwarnings("ignore", category=DeprecationWarning, module="authlib|oidc_provider_mock")

    @app.before_request
    def tell_the_time() -> None:
        # The package knows the world's clock alone; what is claimed of a user is written over what it wrote.
        at, until = int(now().timestamp()), int((now() + LIFETIME).timestamp())
        for user in users:
            user.claims.update(iat=at, auth_time=at, exp=until)

    @app.context_processor
    def words() -> dict[str, object]:
        wanted = request.args.get("ui_locales", "fi")[:2]
        language = wanted if wanted in WORDS else "fi"
        asked = request.args.to_dict(flat=False)
        by_katso = bool(asked.pop(MEANS, None))
        otherwise = urlencode(asked if by_katso else asked | {MEANS: "katso"}, doseq=True)
        return {
            "words": WORDS[language],
            "language": language,
            "people": [one.name for one in people if not one.katso_id],
            "katso_ids": katso_ids,
            "by_katso": by_katso,
            "otherwise": f"?{otherwise}",
        }

    @app.after_request
    def mend(response: Response) -> Response:
        response.headers["Cache-Control"] = "no-store"
        # The package forgets the state when somebody cancels (RFC 6749, 4.1.2.1 wants it back).
        state, back = request.args.get("state"), response.headers.get("Location", "")
        if state and "error=" in back and "state=" not in back:
            response.headers["Location"] = f"{back}&{urlencode({'state': state})}"
        return response

    return app


def subject(one: Inhabitant) -> str:
    """What a person picks: themselves by their name, or their Katso ID and how it is logged in with."""
    return f"{one.katso_id} {one.method.rpartition('/')[2]}" if one.katso_id else one.name


def _claims(one: Inhabitant) -> dict[str, object]:
    known_by = {"kid": one.katso_id} if one.katso_id else {"national_id_num": one.personal_code}
    return {"name": one.name, "acr": one.method or METHOD, "locale": one.language, **known_by}


WORDS = {
    "fi": {
        "title": "Esimerkkilän tunnistus",
        "lead": "Kokeiluympäristön kirjautumissivu. Valitse, kuka olet.",
        "katso": "Kirjaudu Katso-tunnisteella",
        "katso_title": "Katso-tunnistus",
        "katso_lead": "Kokeiluympäristön Katso-sivu. Valitse, millä tunnisteella kirjaudut.",
        "katso_sub": "Alitunniste: vain salasana",
        "katso_strong": "Vahvennettu tunniste: myös kertakäyttösalasana",
        "katso_back": "Valitse toinen tunnistustapa",
        "cancel": "Keskeytä",
        "error": "Tunnistusta ei voitu aloittaa",
    },
    "sv": {
        "title": "Esimerkkiläs identifiering",
        "lead": "Inloggningssida i testmiljön. Välj vem du är.",
        "katso": "Logga in med Katso-kod",
        "katso_title": "Katso-identifiering",
        "katso_lead": "Katso-sidan i testmiljön. Välj med vilken kod du loggar in.",
        "katso_sub": "Underkod: bara lösenord",
        "katso_strong": "Certifierad kod: även engångslösenord",
        "katso_back": "Välj ett annat sätt att identifiera dig",
        "cancel": "Avbryt",
        "error": "Identifieringen kunde inte börja",
    },
    "en": {
        "title": "Esimerkkilä login",
        "lead": "The login page of the demo town. Choose who you are.",
        "katso": "Log in with a Katso ID",
        "katso_title": "Katso login",
        "katso_lead": "The Katso page of the demo town. Choose the ID to log in with.",
        "katso_sub": "Sub-ID: a password alone",
        "katso_strong": "Strengthened ID: a one-time password, too",
        "katso_back": "Choose another way to identify",
        "cancel": "Cancel",
        "error": "The login could not begin",
    },
}
