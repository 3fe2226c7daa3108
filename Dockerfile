# The wheel in an environment of its own: see docs/decisions/0001-top-level-packages.md.
FROM python:3.11-slim AS build
RUN pip install --no-cache-dir uv==0.13.9
WORKDIR /src
COPY . .
RUN uv build --wheel --out-dir /dist \
 && uv export --locked --no-default-groups --no-emit-project --output-file /dist/requirements.txt

FROM python:3.11-slim
COPY --from=build /dist /dist
RUN pip install --no-cache-dir --require-hashes -r /dist/requirements.txt \
 && pip install --no-cache-dir --no-deps /dist/*.whl \
 && rm -r /dist \
 && useradd --create-home servanda \
 && install --directory --owner=servanda /home/servanda/store
USER servanda
WORKDIR /home/servanda
COPY --chown=servanda data data
ENV SERVANDA_HOST=0.0.0.0 SERVANDA_DATA_DIR=/home/servanda/store
VOLUME /home/servanda/store
EXPOSE 8000
CMD ["sh", "-c", "servanda load data && exec servanda serve"]
