import { createServer } from 'node:http'
import express from 'express'
import { listen } from '#shared/serve/listen'

const app = express()

await listen(createServer(app))
