"""What programs ask: visits opened and closed, and what the people in them hold."""

from dataclasses import dataclass

from aiohttp import web
from stdnum.exceptions import ValidationError
from stdnum.fi import hetu

from simulator.suomifi.answering import (
    NO_PARAMETER,
    NOT_AUTHORISED,
    OTHER,
    UNKNOWN_USER,
    Failure,
)
from simulator.suomifi.census import Census, Client
from simulator.suomifi.checksum import HEADER, signed_by
from simulator.suomifi.knobs import Knobs
from simulator.suomifi.signing import Signer
from simulator.suomifi.visits import Visit, Visits


@dataclass(frozen=True, slots=True)
class Service:
    """Answers the signed calls."""

    census: Census
    visits: Visits
    knobs: Knobs
    signer: Signer

    def routes(self) -> list[web.RouteDef]:
        """Every call, by the name of its step."""
        step = {
            "/service/{kind:ypa|hpa}/user/register/{client}/{code}": ("register", self.register),
            "/service/{kind:ypa|hpa}/user/unregister/{visit}": ("unregister", self.unregister),
            "/service/{kind:ypa|hpa}/user/transfer/token/{visit}": ("transfer", self.hand_over),
            "/service/{kind:ypa|hpa}/user/register/transfer/{token}/{client}/{code}": (
                "transfer",
                self.take_over,
            ),
            "/service/ypa/api/organizationRoles/jwt/{visit}": ("ask", self.signed_organisations),
            "/service/hpa/api/authorization/jwt/{visit}/{principal}": ("ask", self.signed_verdict),
            "/service/hpa/api/authorizationlist/jwt/{visit}/{principal}": ("ask", self.signed_themes),
            "/service/ypa/api/organizationRoles/{visit}": ("ask", self.organisations),
            "/service/ypa/api/organizationRoles/{visit}/{business_id}": ("ask", self.organisations),
            "/service/hpa/api/delegate/{visit}": ("ask", self.principals),
            "/service/hpa/api/authorization/{visit}/{principal}": ("ask", self.verdict),
            "/service/hpa/api/authorizationlist/{visit}/{principal}": ("ask", self.themes),
            "/service/rest/hpa/authorization/{client}/{delegate}/{principal}": ("check", self.check),
        }
        return [
            web.get(path, handler, name=f"{name}.a{number}")
            for number, (path, (name, handler)) in enumerate(step.items())
        ]

    async def register(self, request: web.Request) -> web.Response:
        client = self._caller(request)
        _request_id(request)
        if request.match_info["client"] != client.id:
            raise Failure(403, NOT_AUTHORISED, "Not authorized.")
        code = request.match_info["code"]
        try:
            hetu.validate(code, allow_temporary=True)
        except ValidationError:
            raise Failure(400, OTHER, "Invalid hetu.") from None
        person = self.census.somebody(code)
        if person.refused:
            raise Failure(403, NOT_AUTHORISED, "Access denied.")
        visit = self.visits.open(client, person, for_people=request.match_info["kind"] == "hpa")
        return web.json_response({"sessionId": visit.id, "userId": visit.user})

    async def unregister(self, request: web.Request) -> web.Response:
        visit = self._visit(request, self._caller(request), for_people=request.match_info["kind"] == "hpa")
        self.visits.close(visit)
        return web.json_response(True)

    async def hand_over(self, request: web.Request) -> web.Response:
        """Give a word with which another service goes on with the visit, once."""
        visit = self._visit(request, self._caller(request), for_people=request.match_info["kind"] == "hpa")
        return web.json_response(self.visits.hand_over(visit))

    async def take_over(self, request: web.Request) -> web.Response:
        client = self._caller(request)
        if request.match_info["client"] != client.id:
            raise Failure(403, NOT_AUTHORISED, "Not authorized.")
        token, code = request.match_info["token"], request.match_info["code"]
        visit = self.visits.take_over(token, client, code)
        if visit is None:
            raise Failure(401, UNKNOWN_USER, "The session has expired.")
        return web.json_response({"sessionId": visit.id, "userId": visit.user})

    async def organisations(self, request: web.Request) -> web.Response:
        return web.json_response(self._organisations(self._chosen_in(request, for_people=False), request))

    async def signed_organisations(self, request: web.Request) -> web.Response:
        visit = self._chosen_in(request, for_people=False)
        return self._signed("OrganizationalRoles", visit, self._organisations(visit, request))

    async def signed_verdict(self, request: web.Request) -> web.Response:
        visit = self._chosen_in(request, for_people=True)
        return self._signed("Authorization", visit, self._verdict(visit, request), request)

    async def signed_themes(self, request: web.Request) -> web.Response:
        visit = self._chosen_in(request, for_people=True)
        told = {"roles": list(self._held(visit, request) or ()), "reasons": []}
        return self._signed("AuthorizationList", visit, told, request)

    def _signed(
        self, subject: str, visit: Visit, response: object, request: web.Request | None = None
    ) -> web.Response:
        token = self.signer.answer(
            subject,
            response,
            audience=visit.client.service,
            end_user=visit.person.code,
            principal=request.match_info["principal"] if request else "",
            now=self.visits.now(),
        )
        return web.Response(text=token, content_type="text/plain")

    def _organisations(self, visit: Visit, request: web.Request) -> list[dict[str, object]]:
        wanted = request.match_info.get("business_id")
        found: list[dict[str, object]] = []
        for key in visit.chosen or ():
            organisation = self.census.organisations[key]
            if wanted not in (None, key):
                continue
            codes, complete = self.visits.codes(visit, organisation), True
            if self.knobs.is_incomplete(key):
                # The trade register did not answer; the service's own register of mandates did.
                codes, complete = [code for code in codes if "://" in code], False
            found.append({"name": organisation.name, "identifier": key, "complete": complete, "roles": codes})
        return found

    async def principals(self, request: web.Request) -> web.Response:
        visit = self._chosen_in(request, for_people=True)
        people = [self.census.people[code] for code in visit.chosen or ()]
        return web.json_response([{"personId": one.code, "name": one.name} for one in people])

    async def verdict(self, request: web.Request) -> web.Response:
        return web.json_response(self._verdict(self._chosen_in(request, for_people=True), request))

    def _verdict(self, visit: Visit, request: web.Request) -> dict[str, object]:
        held, asked = self._held(visit, request), request.query.getall("issues", [])
        return _verdict(held is not None and set(asked) <= set(held))

    async def themes(self, request: web.Request) -> web.Response:
        held = self._held(self._chosen_in(request, for_people=True), request)
        return web.json_response({"roles": list(held or ()), "reasons": []})

    async def check(self, request: web.Request) -> web.Response:
        client = self._caller(request, rest=True)
        _request_id(request)
        user = request.headers.get("X-userId", "")
        if not user:
            raise Failure(400, NO_PARAMETER, "Missing parameter: X-userId")
        if hetu.is_valid(user, allow_temporary=True) or request.match_info["client"] != client.id:
            raise Failure(403, NOT_AUTHORISED, "Not authorized.")
        delegate = self.census.somebody(request.match_info["delegate"])
        held = None if delegate.refused else delegate.acts_for.get(request.match_info["principal"])
        asked = set(request.query.getall("issue", []))
        return web.json_response(_verdict(held is not None and asked <= set(held)))

    def _caller(self, request: web.Request, *, rest: bool = False) -> Client:
        value, now = request.headers.get(HEADER, ""), self.visits.now()
        client = signed_by(value, request.raw_path, now, self.census.clients.get, rest=rest)
        if client is None:
            raise Failure(401, NOT_AUTHORISED, "Checksum is missing, old or wrong.")
        return client

    def _visit(self, request: web.Request, client: Client, *, for_people: bool) -> Visit:
        visit = self.visits.find(request.match_info["visit"], client)
        if visit is None or visit.for_people is not for_people:
            raise Failure(401, UNKNOWN_USER, "The session has expired.")
        return visit

    def _chosen_in(self, request: web.Request, *, for_people: bool) -> Visit:
        client = self._caller(request)
        _request_id(request)
        visit = self._visit(request, client, for_people=for_people)
        if visit.chosen is None:
            raise Failure(400, OTHER, "Nothing has been selected.")
        kind, _, token = request.headers.get("Authorization", "").partition(" ")
        if kind.lower() != "bearer" or not self.visits.bears(token, visit):
            raise Failure(401, NOT_AUTHORISED, "The access token is missing, old or wrong.")
        return visit

    def _held(self, visit: Visit, request: web.Request) -> tuple[str, ...] | None:
        principal = request.match_info["principal"]
        return visit.person.acts_for.get(principal) if principal in (visit.chosen or ()) else None


def _request_id(request: web.Request) -> str:
    found = request.query.get("requestId", "")
    if not found:
        raise Failure(400, NO_PARAMETER, "Missing parameter: requestId")
    return found


def _verdict(allowed: bool) -> dict[str, object]:
    return {"result": "ALLOWED" if allowed else "DISALLOWED", "reasons": []}
