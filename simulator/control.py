"""The simulator's own levers over HTTP: its clock, what goes wrong, and the record of deliveries."""

from dataclasses import dataclass

from aiohttp import web

from simulator.app import App
from simulator.faults import Rule
from simulator.wire import Json, SlackError


@dataclass(frozen=True)
class Control:
    """Serves /sim/clock, /sim/faults and /sim/deliveries; who changes something shows the session."""

    app: App

    def add_to(self, router: web.UrlDispatcher) -> None:
        router.add_get("/sim/clock", self._clock)
        router.add_post("/sim/clock", self._move_clock)
        router.add_get("/sim/faults", self._faults)
        router.add_post("/sim/faults", self._change_faults)
        router.add_get("/sim/deliveries", self._deliveries)

    async def _clock(self, request: web.Request) -> web.Response:
        return web.json_response(self._time())

    async def _move_clock(self, request: web.Request) -> web.Response:
        """Take ``{"pace": 0}``, ``{"advance": 60}``, or both."""
        body, clock = await json_object(request), self.app.clock
        try:
            if "pace" in body:
                clock.set_pace(float(body["pace"]))
            if "advance" in body:
                await clock.advance(float(body["advance"]))
        except (TypeError, ValueError) as error:
            return _refused(SlackError("invalid_time", reason=str(error)))
        return web.json_response(self._time())

    def _time(self) -> Json:
        clock = self.app.clock
        return {"ok": True, "now": clock.now(), "monotonic": clock.monotonic(), "pace": clock.pace}

    async def _faults(self, request: web.Request) -> web.Response:
        return web.json_response({"ok": True, **self.app.delivery.faults.as_json()})

    async def _change_faults(self, request: web.Request) -> web.Response:
        """Take ``{"rule": {…}}``, ``{"remove": id}``, ``{"clear": true}``, ``{"seed": n}``, or several."""
        body, faults = await json_object(request), self.app.delivery.faults
        try:
            if body.get("clear") is True:
                faults.clear()
            if isinstance(body.get("seed"), int):
                faults.sow(body["seed"])
            if isinstance(body.get("remove"), int):
                faults.remove(body["remove"])
            if isinstance(body.get("rule"), dict):
                faults.add(Rule.of(body["rule"]))
        except SlackError as refusal:
            return _refused(refusal)
        return web.json_response({"ok": True, **faults.as_json()})

    async def _deliveries(self, request: web.Request) -> web.Response:
        record = self.app.delivery.record.as_json()
        label = request.query.get("label", "")
        return web.json_response(
            {"ok": True, "deliveries": [each for each in record if each["label"].startswith(label)]}
        )


def _refused(refusal: SlackError) -> web.Response:
    return web.json_response(refusal.as_json(), status=400)


async def json_object(request: web.Request) -> Json:
    """
    Read the body of *request*, which has to be a JSON object.

    Raises:
        HTTPBadRequest: it is none.
    """
    try:
        body = await request.json()
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise web.HTTPBadRequest(text="A JSON object is needed.\n")
    return body
