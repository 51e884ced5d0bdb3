"""One simulator from start to end, and the hands of people for programs that act on their behalf."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web

from simulator.api.endpoint import Endpoint, Fault
from simulator.api.limits import Limits
from simulator.clock import Clock
from simulator.delivery.http import SignedRequests
from simulator.delivery.record import Deliveries
from simulator.faults import Faults, Rule
from simulator.manifest import Manifest, load_manifest
from simulator.oauth.consent import Consent, Credentials
from simulator.people.acts import perform
from simulator.seed import DEFAULT_SEED, Workspace, load_seeds
from simulator.slack import Slack
from simulator.stage import Stage
from simulator.timing import PATIENCE, Timing
from simulator.web import Site
from simulator.wire import APP_TOKEN, Json
from simulator.workspace.journal import Journal
from simulator.workspace.messages import Message


@dataclass(frozen=True)
class Simulator:
    """
    Running workspaces: acts as their people, and waits for what they come to see.

    People and rooms are found in whichever workspace they are; *stage* and *bot_token* are the first one's.
    """

    slack: Slack
    endpoint: Endpoint
    consent: Consent
    session: str
    app_token: str = APP_TOKEN

    @property
    def stage(self) -> Stage:
        return self.slack.first

    @property
    def bot_token(self) -> str:
        return self.stage.workspace.bot_token

    @property
    def url(self) -> str:
        """Where a browser goes."""
        return self.slack.app.url

    def of(self, user: str) -> Stage:
        """The workspace of *user*."""
        return self.slack.chosen(user=user)

    @property
    def api_url(self) -> str:
        """Where the Web API is: the app's base URL, in place of https://slack.com/api/."""
        return f"{self.url}/api/"

    async def act(self, user: str, act: str, /, **body: object) -> Json:
        """Let *user* do *act*, with the same words as the page's."""
        return await perform(self.of(user), user, act, dict(body))

    def dm(self, user: str) -> str:
        """Name the direct message between *user* and the app."""
        return self.of(user).rooms.dm_with_app(user).id

    def messages(self, target: str) -> list[Message]:
        """List what has been said in a channel, or to a person directly, oldest first."""
        is_room = any(target in stage.rooms.rooms for stage in self.slack.stages.values())
        return list(self.slack.app.messages.of(target if is_room else self.dm(target)))

    async def wait_for_message(
        self,
        target: str,
        predicate: Callable[[Message], bool] = lambda _: True,
        timeout: float = PATIENCE,  # noqa: ASYNC109 - the word that callers know
    ) -> Message:
        """Wait for the newest message in a channel, or to a person directly, of which *predicate* is true."""

        def look() -> Message | None:
            return next((each for each in reversed(self.messages(target)) if predicate(each)), None)

        return await self.stage.feed.until(look, timeout)

    async def wait_for_view(
        self,
        user: str,
        predicate: Callable[[Json], bool] = lambda _: True,
        timeout: float = PATIENCE,  # noqa: ASYNC109 - the word that callers know
    ) -> Json:
        """Wait until the modal on top of *user*'s page is one of which *predicate* is true."""

        def look() -> Json | None:
            view = self.stage.views.top(user)
            shown = view.as_slack(self.of(user).of_view(view).workspace) if view else None
            return shown if shown is not None and predicate(shown) else None

        return await self.stage.feed.until(look, timeout)

    async def wait_for_home(
        self,
        user: str,
        predicate: Callable[[Json], bool] = lambda _: True,
        timeout: float = PATIENCE,  # noqa: ASYNC109 - the word that callers know
    ) -> Json:
        """Wait until *user*'s Home tab is one of which *predicate* is true."""

        def look() -> Json | None:
            view = self.stage.views.homes.get(user)
            shown = view.as_slack(self.of(user).of_view(view).workspace) if view else None
            return shown if shown is not None and predicate(shown) else None

        return await self.stage.feed.until(look, timeout)

    async def wait_for_connections(
        self,
        count: int = 1,
        timeout: float = PATIENCE,  # noqa: ASYNC109 - likewise
    ) -> None:
        """Wait until the app has *count* websockets open, or more; for 0, until it has none."""
        sockets = self.stage.sockets

        def enough() -> bool | None:
            return (sockets.count >= count if count else sockets.count == 0) or None

        await self.stage.feed.until(enough, timeout)

    async def settled(self) -> None:
        """Wait until every event has been taken or given up."""
        await self.stage.delivery.settled()

    async def disconnect(self, reason: str = "refresh_requested") -> None:
        """Ask the app's websockets to come again."""
        await self.stage.sockets.disconnect(reason)

    def fail_next(self, method: str, fault: Fault | None = None) -> None:
        """Let the next call of *method* fail, as if rate limited unless *fault* says otherwise."""
        given = fault or Fault()
        self.faults.add(
            Rule(
                on="api",
                kind="answer",
                match=method,
                count=1,
                status=given.status,
                error=given.error,
                retry_after=given.retry_after,
            )
        )

    @property
    def clock(self) -> Clock:
        """The time of the workspace."""
        return self.stage.clock

    async def advance(self, seconds: float) -> None:
        """Let *seconds* pass at once."""
        await self.clock.advance(seconds)

    @property
    def faults(self) -> Faults:
        """What goes wrong on purpose."""
        return self.stage.faults

    @property
    def deliveries(self) -> Deliveries:
        """Every envelope and what came of it."""
        return self.stage.delivery.record


@asynccontextmanager
async def running(
    seed: Workspace | Sequence[Workspace] | Path | None = None,
    manifest: Manifest | Path | Mapping[str, Any] | None = None,
    *,
    port: int = 0,
    journal: Path | None = None,
    request_url: str | None = None,
    signing_secret: str | None = None,
    timing: Timing | None = None,
    clock: Clock | None = None,
    deliveries: Path | None = None,
    credentials: Credentials | None = None,
    redirect_urls: Sequence[str] = (),
    limits: bool = False,
) -> AsyncIterator[Simulator]:
    """Run a simulator on this machine; port 0 takes a free one, and no seed a village of six people.

    *manifest* is the app's own: read, or as a file (YAML or JSON), or as a mapping. With *request_url* and
    *signing_secret* the app is reached by signed requests, else over its websockets.
    Time passes as *clock* has it, by default as outside; *deliveries* is a file for the record of them.
    It installs itself with *credentials*; *redirect_urls* are its own besides those of the manifest.
    With *limits* it may call each method only as often as Slack lets it.
    """
    if manifest is None:
        raise ValueError("an app needs a manifest")
    if (request_url is None) != (signing_secret is None):
        raise ValueError("a request URL and a signing secret go together")
    slack = Slack.of(
        _workspaces(seed),
        manifest if isinstance(manifest, Manifest) else load_manifest(manifest),
        timing or Timing(),
        Journal(journal),
        clock or Clock(),
        Deliveries(deliveries),
    )
    own = credentials or Credentials()
    consent = Consent(own, slack.app.manifest, slack.app.tokens, slack.app.clock.now, tuple(redirect_urls))
    endpoint = Endpoint(slack, Limits(slack.app.clock) if limits else None)
    simulator = Simulator(slack, endpoint, consent, secrets.token_urlsafe(24))
    async with AsyncExitStack() as stack:
        if request_url is not None and signing_secret is not None:
            session = await stack.enter_async_context(aiohttp.ClientSession())
            slack.app.delivery.transport = SignedRequests(
                request_url, signing_secret, session, slack.app.clock
            )
        site = Site(slack, simulator.endpoint, consent, simulator.session)
        runner = web.AppRunner(site.app(), access_log=None, shutdown_timeout=1.0)
        await runner.setup()
        stack.push_async_callback(_let_go)
        stack.push_async_callback(runner.cleanup)
        await web.TCPSite(runner, "127.0.0.1", port).start()
        slack.app.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        yield simulator
    simulator.endpoint.close()


def _workspaces(seed: Workspace | Sequence[Workspace] | Path | None) -> Sequence[Workspace]:
    if seed is None or isinstance(seed, Path):
        return load_seeds(seed or DEFAULT_SEED)
    return (seed,) if isinstance(seed, Workspace) else seed


async def _let_go() -> None:
    """Let connections that came or went at the last moment end: that takes the loop a few rounds."""
    for _ in range(10):
        await asyncio.sleep(0)
