FROM rust:1-slim-bookworm AS build
WORKDIR /fieldguide

# The dependencies, in a layer of their own: it stays valid until a manifest changes. Test and bench
# targets are left out of the manifest here, because their files are not there.
COPY Cargo.toml Cargo.lock /manifests/
RUN awk '/^\[/ { keep = !/^\[\[/ } keep' /manifests/Cargo.toml > Cargo.toml \
    && cp /manifests/Cargo.lock . \
    && mkdir src \
    && touch src/lib.rs \
    && echo 'fn main() {}' > src/main.rs \
    && cargo build --release --locked

# The program. Its files may be older than the layer above; cargo goes by their time.
COPY static static
COPY templates templates
COPY src src
RUN touch src/lib.rs src/main.rs && cargo build --release --locked

FROM debian:bookworm-slim
COPY --from=build /fieldguide/target/release/fieldguide /usr/local/bin/fieldguide
COPY content /content
ENV FIELDGUIDE_CONTENT=/content \
    FIELDGUIDE_LISTEN=0.0.0.0:3000 \
    FIELDGUIDE_NO_LIVE=true
USER 65532:65532
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=3s --start-period=5s \
    CMD ["bash", "-c", "exec 3<>\"/dev/tcp/127.0.0.1/${FIELDGUIDE_LISTEN##*:}\" && printf 'GET /readyz HTTP/1.0\\r\\n\\r\\n' >&3 && read -r _ status _ <&3 && [ \"$status\" = 200 ]"]
ENTRYPOINT ["fieldguide"]
