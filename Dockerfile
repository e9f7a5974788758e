# Two stages: the first has pip and the sources, the second only what runs. Packages come from the lock, by hash.
FROM python:3.13-slim AS build
RUN python -m venv /venv
COPY requirements.lock /app/
RUN /venv/bin/pip install --no-cache-dir --require-hashes -r /app/requirements.lock
COPY . /app
RUN /venv/bin/pip install --no-cache-dir --no-deps --no-build-isolation -e /app \
    && /venv/bin/python -m compileall -q /app/bot /app/cogs

FROM python:3.13-slim
RUN useradd --system --uid 10001 --create-home --home-dir /data outpost
COPY --from=build /venv /venv
COPY --from=build /app /app
ENV PATH=/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    DATABASE_URL=sqlite:////data/outpost.sqlite3 \
    FEEDS_FILE=/app/feeds.yaml \
    RESOURCES_FILE=/app/resources.yaml \
    PROMPTS_FILE=/app/prompts.yaml \
    RUBRICS_FOLDER=/app/rubrics \
    MEETS_FILE=/app/meets.yaml
USER outpost
WORKDIR /data
VOLUME /data
ENTRYPOINT ["outpost"]
CMD ["run"]
