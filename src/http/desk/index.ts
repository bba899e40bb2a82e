import { Hono } from 'hono'
import type { Config } from '../../config.ts'
import type { Env } from '../env.ts'
import { bookingDoors } from './booking.ts'
import { closureDoors } from './closures.ts'
import { enterDoors } from './enter.ts'
import { feedDoors } from './feeds.ts'
import { figuresDoors } from './figures.ts'
import { ledgerDoors } from './ledger.ts'
import { keptLetterDoors, letterDoors } from './letters.ts'
import { staffOnly } from './pass.ts'
import { peopleDoors } from './people.ts'
import { planSessionDoors } from './plan-session.ts'
import { programmeDoors } from './programme.ts'
import { scheduleDoors } from './schedule.ts'
import { FACTOR_PAGES, securityDoors } from './security.ts'
import { seriesDoors } from './series.ts'
import { deskSessionDoors } from './sessions.ts'
import { signInDoors } from './sign-in.ts'
import { surveyFigureDoors } from './survey.ts'
import { suspensionDoors } from './suspensions.ts'
import { todayDoors } from './today.ts'
import { venueDoors } from './venues.ts'

/** The console at `/desk`, behind `staffOnly` except sign-in. In development also the kept letters. */
export function deskDoors(config: Config) {
  const kept = config.environment !== 'production' && config.smtpUrl === null
  return new Hono<Env>()
    .use(async (c, next) => {
      c.header('Cache-Control', 'no-store')
      c.header('X-Robots-Tag', 'noindex')
      await next()
    })
    .route('/sign-in', signInDoors(config))
    .route('/letters', kept ? keptLetterDoors : new Hono<Env>())
    .route('/feeds', feedDoors)
    .use(staffOnly(FACTOR_PAGES))
    .route('/', securityDoors)
    .route('/', todayDoors)
    .route('/bookings', ledgerDoors)
    .route('/bookings', enterDoors)
    .route('/bookings', bookingDoors)
    .route('/sessions', planSessionDoors)
    .route('/sessions', deskSessionDoors)
    .route('/schedule', scheduleDoors)
    .route('/survey', surveyFigureDoors)
    .route('/series', seriesDoors)
    .route('/venues', venueDoors)
    .route('/closures', closureDoors)
    .route('/suspensions', suspensionDoors)
    .route('/programme', programmeDoors)
    .route('/letters', kept ? new Hono<Env>() : letterDoors)
    .route('/', figuresDoors)
    .route('/people', peopleDoors)
}
