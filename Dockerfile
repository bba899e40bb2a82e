# `npm run test:image` runs these steps in a folder, without Docker.
FROM node:24.21.0-bookworm-slim AS build
WORKDIR /app
COPY .npmrc package.json package-lock.json ./
RUN npm ci --omit=dev --prefer-offline
COPY tsconfig.json ./
COPY src src
COPY templates templates
COPY db db
COPY docs/manual docs/manual
COPY docs/manual.ja.md docs/manual.ja.md
RUN npm run build
# The optional packages are Node itself and esbuild's binaries: the image has the one, the bundle needs no other.
RUN npm prune --omit=dev --omit=optional

FROM node:24.21.0-bookworm-slim
WORKDIR /app
COPY package.json LICENSE THIRD-PARTY-NOTICES.md ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
RUN mkdir /data && chown 1000:1000 /data
ENV NODE_ENV=production
ENV HOST=0.0.0.0
ENV PORT=8787
ENV DATABASE_URL=sqlite:/data/madoguchi.db
ENV BACKUP_DIR=/data/backup
VOLUME /data
EXPOSE 8787
USER 1000:1000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/healthz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/main.js"]
