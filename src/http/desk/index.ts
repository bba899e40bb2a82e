import { Hono } from 'hono'
import type { Config } from '../../config.ts'
import type { Env } from '../env.ts'
import { figuresDoors } from './figures.ts'
import { letterDoors } from './letters.ts'
import { staffOnly } from './pass.ts'
import { peopleDoors } from './people.ts'
import { FACTOR_PAGES, securityDoors } from './security.ts'
import { signInDoors } from './sign-in.ts'
import { todayDoors } from './today.ts'

/** The console at `/desk`: everything behind `staffOnly` but the way in, and in development the letters that are kept. */
export function deskDoors(config: Config) {
  return new Hono<Env>()
    .use(async (c, next) => {
      c.header('Cache-Control', 'no-store')
      c.header('X-Robots-Tag', 'noindex')
      await next()
    })
    .route('/sign-in', signInDoors(config))
    .route('/letters', letterDoors)
    .use(staffOnly(FACTOR_PAGES))
    .route('/', securityDoors)
    .route('/', todayDoors)
    .route('/', figuresDoors)
    .route('/people', peopleDoors)
}
