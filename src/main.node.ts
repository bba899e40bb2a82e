import './node/need-node.ts'
import { existsSync } from 'node:fs'
import { serve } from './node/serve.ts'

// Databases, backups and exports hold personal data: only their owner reads them.
process.umask(0o077)
if (existsSync('.env')) process.loadEnvFile('.env')

await serve(process.env, (line) => console.log(line))
