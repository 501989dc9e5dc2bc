# One image for the gateway and every subgraph: the command says which (docker-compose.yml).
FROM node:20.20.2-bookworm-slim AS build
WORKDIR /app
COPY . .
RUN node scripts/setup.mjs build && npm run build && npm prune --omit=dev --ignore-scripts

FROM node:20.20.2-bookworm-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build /app .
RUN install -d -o node -g node /var/lib/eventxperts/mail
# The code stays root's: a process that is taken over cannot rewrite it.
USER node
EXPOSE 4000
CMD ["node", "gateway/dist/main.js"]
