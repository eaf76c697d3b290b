# Python 3.13: the newest that every package of the lock has wheels for; tests run on 3.11, the oldest supported.
FROM python:3.13-slim AS build
WORKDIR /build
COPY requirements.lock ./
# One package comes as source (docopt, pure Python): it is built by the setuptools of the lock, which so comes first, and
# not by one that pip would fetch for it without a hash.
RUN python -m venv /opt/onrecord \
 && sed -n '/^setuptools==/,/# via/p' requirements.lock > backend.lock \
 && /opt/onrecord/bin/pip install --no-cache-dir --require-hashes -r backend.lock \
 && /opt/onrecord/bin/pip install --no-cache-dir --require-hashes --no-build-isolation -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY digest digest
COPY seeds seeds
# The project itself, by the build backend that the lock names.
RUN /opt/onrecord/bin/pip install --no-cache-dir --no-deps --no-build-isolation . \
 && /opt/onrecord/bin/pip uninstall --yes hatchling editables pip \
 && find /opt/onrecord -type d \( -name tests -o -name test \) -path '*/site-packages/*' -prune -exec rm -rf {} + \
 && /opt/onrecord/bin/onrecord --version

FROM python:3.13-slim
ENV PATH=/opt/onrecord/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    HOME=/tmp \
    DATABASE_URL=sqlite+aiosqlite:////data/onrecord.sqlite3 \
    LOG_FORMAT=json
RUN groupadd --gid 10001 onrecord \
 && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /data --shell /usr/sbin/nologin onrecord \
 && install --directory --owner=10001 --group=10001 --mode=0700 /data
COPY --from=build /opt/onrecord /opt/onrecord
COPY LICENSE THIRD_PARTY.md /usr/share/doc/onrecord/
USER 10001:10001
WORKDIR /data
VOLUME /data
STOPSIGNAL SIGTERM
# The bot is asked where it listens: on loopback of its own container, if STATUS_ADDRESS does not say otherwise. A start with a large database may take half a minute.
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 \
  CMD ["python", "-c", "import os, urllib.request as u; a = os.environ.get('STATUS_ADDRESS') or '127.0.0.1:9464'; a == 'off' or u.urlopen(f'http://{a}/healthz', timeout=8)"]
ENTRYPOINT ["onrecord"]
CMD ["run"]
