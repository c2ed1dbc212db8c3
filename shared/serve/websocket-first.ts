import type { Plugin } from 'esbuild'

/**
 * For esbuild: a page's `io()` tries WebSocket first and long-polling only when that fails, where Socket.IO itself begins with
 * long-polling and upgrades. A tunnel counts requests: this saves each guest five of the six that coming in costs (bench/results/reference.json, connect).
 */
export const webSocketFirst: Plugin = {
  name: 'websocket-first',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^socket\.io-client$/ }, ({ namespace, resolveDir }) =>
      namespace === 'file'
        ? { path: 'socket.io-client', namespace: 'websocket-first', pluginData: resolveDir }
        : undefined,
    )
    onLoad({ filter: /^/, namespace: 'websocket-first' }, ({ pluginData }) => ({
      contents: `
import { io as connect } from 'socket.io-client'
export * from 'socket.io-client'
const first = { transports: ['websocket', 'polling'], tryAllTransports: true }
export const io = (address, options) =>
  typeof address === 'object' ? connect({ ...first, ...address }) : connect(address, { ...first, ...options })
`,
      resolveDir: pluginData,
    }))
  },
}
