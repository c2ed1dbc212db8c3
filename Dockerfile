# The chat of step 18, and nothing of the workshop around it.
#   docker build -t on-the-wire .
#   docker run -p 3000:3000 -e DATABASE_URL=… -e REDIS_URL=… -e SESSION_SECRET=… on-the-wire
FROM node:24-slim AS packages
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev

FROM node:24-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000
WORKDIR /app
COPY --from=packages /app/node_modules ./node_modules
COPY package.json ./
COPY static ./static
COPY shared/serve ./shared/serve
COPY steps/18-many-servers ./steps/18-many-servers
RUN mkdir .data && chown node .data
USER node
EXPOSE 3000
# Node itself is the process, so that SIGTERM reaches it.
CMD ["node", "--import", "tsx", "steps/18-many-servers/server.ts"]
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:3000/healthz').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
