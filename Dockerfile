# One image; the command chooses the door: python -m services.roles, python -m bot, ekstranet migrate.
FROM python:3.11-slim AS build
WORKDIR /build
RUN python -m venv /opt/kanta
COPY pyproject.toml constraints.txt ./
COPY bot bot
COPY cli cli
COPY services services
COPY shared shared
COPY simulator simulator
RUN /opt/kanta/bin/python -m pip install --no-cache-dir --constraint constraints.txt .

FROM python:3.11-slim
ENV PATH=/opt/kanta/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 KANTA_VAR=/var/lib/kanta
# The folders exist here so that volumes mounted on them belong to the same user.
RUN useradd --system --uid 10001 --home-dir /nonexistent kanta \
    && install --directory --owner=kanta --mode=0700 /var/lib/kanta /var/lib/kanta/keys /var/lib/kanta/nats
COPY --from=build /opt/kanta /opt/kanta
USER 10001
WORKDIR /var/lib/kanta
CMD ["ekstranet", "--help"]
