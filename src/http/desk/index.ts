import { Hono } from 'hono'
import type { Config } from '../../config.ts'
import type { Env } from '../env.ts'
import { noFilter } from '../filter.ts'
import { mineRoutes, recordRoutes } from './advisers/record.ts'
import { seriesAdviserRoutes } from './advisers/series.ts'
import { adviserRoutes } from './advisers/session.ts'
import { bookingRoutes } from './booking.ts'
import { capRoutes } from './caps.ts'
import { closureRoutes } from './closures.ts'
import { addDayRoutes } from './days/add.ts'
import { copySessionRoutes, copyWeekRoutes } from './days/copy.ts'
import { outlineRoutes } from './days/outline.ts'
import { deskOfficeRoutes } from './desks.ts'
import { deleteDeskRoutes, deleteSeriesRoutes, deleteSessionRoutes, deleteVenueRoutes } from './ending/delete.ts'
import { endSeriesRoutes } from './ending/end-series.ts'
import { enterRoutes } from './enter.ts'
import { expertLeaveRoutes } from './experts/leave.ts'
import { expertListRoutes } from './experts/list.ts'
import { expertRoutes } from './experts/profile.ts'
import { expertTieRoutes } from './experts/ties.ts'
import { expertTimeRoutes } from './experts/time.ts'
import { feedRoutes } from './feeds.ts'
import { figuresRoutes } from './figures.ts'
import { firstRoutes } from './house/first.ts'
import { journalRoutes } from './house/journal.ts'
import { leadOn } from './house/next.ts'
import { setupRoutes } from './house/setup.ts'
import { intakeBookingRoutes } from './intake/bookings.ts'
import { intakeRoutes } from './intake/routes.ts'
import { ledgerRoutes } from './ledger.ts'
import { keptLetterRoutes, letterRoutes, showsLetters } from './letters.ts'
import { manualRoutes } from './manual.ts'
import { fileRoutes, sampleRoutes } from './messages/files.ts'
import { messageRoutes } from './messages/routes.ts'
import { senderRoutes } from './messages/sender.ts'
import { textRoutes } from './messages/texts.ts'
import { keyRoutes } from './partners/keys.ts'
import { webhookRoutes } from './partners/webhooks.ts'
import { staffOnly } from './pass.ts'
import { peopleRoutes } from './people.ts'
import { planSessionRoutes } from './plan-session.ts'
import { deskPosterRoutes, seriesPosterRoutes } from './posters/routes.ts'
import { programmeRoutes } from './programmes/copy.ts'
import { programmesRoutes } from './programmes/list.ts'
import { questionRoutes } from './questions/routes.ts'
import { enterRequestRoutes } from './requests/enter.ts'
import { scheduleRoutes } from './schedule.ts'
import { FACTOR_PAGES, securityRoutes } from './security.ts'
import { seriesRoutes } from './series.ts'
import { deskSessionRoutes } from './sessions.ts'
import { signInRoutes } from './sign-in.ts'
import { surveyFigureRoutes } from './survey.ts'
import { suspensionRoutes } from './suspensions.ts'
import { tickedRoutes } from './ticked.ts'
import { todayRoutes } from './today.ts'
import { venueRoutes } from './venues.ts'

/**
 * The console at `/desk`, behind `staffOnly` except sign-in. In development without mail also the kept letters, on this
 * machine only.
 */
export function deskRoutes(config: Config) {
  return new Hono<Env>()
    .use(async (c, next) => {
      c.header('Cache-Control', 'no-store')
      c.header('X-Robots-Tag', 'noindex')
      await next()
    })
    .route('/sign-in', signInRoutes(config))
    .route('/first', firstRoutes(config))
    .route('/letters', showsLetters(config) ? keptLetterRoutes : new Hono<Env>())
    .route('/feeds', feedRoutes)
    .use(staffOnly(FACTOR_PAGES))
    .use(noFilter)
    .use(leadOn)
    .route('/', securityRoutes)
    .route('/', todayRoutes)
    .route('/requests', enterRequestRoutes)
    .route('/bookings', ledgerRoutes)
    .route('/bookings', tickedRoutes)
    .route('/bookings', enterRoutes)
    .route('/bookings', recordRoutes)
    .route('/bookings', bookingRoutes)
    .route('/mine', mineRoutes)
    .route('/sessions', planSessionRoutes)
    .route('/sessions', adviserRoutes)
    .route('/sessions', outlineRoutes)
    .route('/sessions', copySessionRoutes)
    .route('/sessions', deleteSessionRoutes)
    .route('/sessions', deskSessionRoutes)
    .route('/schedule', scheduleRoutes)
    .route('/schedule', addDayRoutes)
    .route('/schedule', copyWeekRoutes)
    .route('/import/bookings', intakeBookingRoutes)
    .route('/import', intakeRoutes)
    .route('/survey', surveyFigureRoutes)
    .route('/series', seriesAdviserRoutes)
    .route('/series', seriesRoutes)
    .route('/series', seriesPosterRoutes)
    .route('/series', endSeriesRoutes)
    .route('/series', deleteSeriesRoutes)
    .route('/questions', questionRoutes)
    .route('/desks', deskPosterRoutes)
    .route('/desks', deskOfficeRoutes)
    .route('/desks', deleteDeskRoutes)
    .route('/venues', venueRoutes)
    .route('/venues', deleteVenueRoutes)
    .route('/closures', closureRoutes)
    .route('/suspensions', suspensionRoutes)
    .route('/programme', programmeRoutes)
    .route('/messages', messageRoutes)
    .route('/texts/sender', senderRoutes)
    .route('/texts/files', fileRoutes)
    .route('/texts/sample', sampleRoutes)
    .route('/texts', textRoutes)
    .route('/programmes', programmesRoutes)
    .route('/outbox', letterRoutes)
    .route('/caps', capRoutes)
    .route('/', figuresRoutes)
    .route('/experts', expertListRoutes)
    .route('/experts', expertRoutes)
    .route('/experts', expertTimeRoutes)
    .route('/experts', expertTieRoutes)
    .route('/experts', expertLeaveRoutes)
    .route('/webhooks', webhookRoutes)
    .route('/keys', keyRoutes)
    .route('/people', peopleRoutes)
    .route('/setup', setupRoutes)
    .route('/journal', journalRoutes)
    .route('/manual', manualRoutes)
}
