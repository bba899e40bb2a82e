import './node/need-node.ts'
import { existsSync } from 'node:fs'
import { serve } from './node/serve.ts'

if (existsSync('.env')) process.loadEnvFile('.env')

await serve(process.env, (line) => console.log(line))
