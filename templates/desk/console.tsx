import type { Child } from 'hono/jsx'
import { prefectureByCode } from '../../src/base/japan/prefecture.ts'
import type { Locale } from '../../src/base/locale.ts'
import type { Account } from '../../src/people/account.ts'
import { Head, LanguageSwitch, type PageContext, SentForm, siteName } from '../layout.tsx'
import { helpFor } from '../text/desk/help/pages.ts'
import { deskTexts } from '../text/desk.ts'
import { texts } from '../text/index.ts'
import { SETUP_WAYS } from './house/ways.ts'
import { keyed } from './keys.tsx'

const NAV = {
  today: '/desk',
  mine: '/desk/mine',
  bookings: '/desk/bookings',
  schedule: '/desk/schedule',
  letters: '/desk/outbox',
  caps: '/desk/caps',
  figures: '/desk/figures',
  experts: '/desk/experts',
  people: '/desk/people',
  security: '/desk/security',
} as const

/** A page of the console, by its place in the menu. */
export type ConsoleNav = keyof typeof NAV

/** The entries of the menu for this role. */
function entries(role: Account['role']): ConsoleNav[] {
  if (role === 'expert') return ['mine', 'security']
  // A desk reaches it from today.
  const all = (Object.keys(NAV) as ConsoleNav[]).filter((one) => one !== 'mine')
  if (role === 'secretariat') return all
  return all.filter((one) => one !== 'people' && (one !== 'experts' || role === 'desk'))
}

/** The key that leads from a page without a search to that of the ledger. */
function searchKey(frame: PageContext) {
  const key = keyed(frame, '/')
  return 'data-key' in key ? { ...key, 'data-opens': `${NAV.bookings}#search` } : {}
}

/** The prefectures of an account, in words. */
export function prefecturesText(locale: Locale, { role, prefectures }: Pick<Account, 'role' | 'prefectures'>): string {
  if (role === 'secretariat' || prefectures.length === 47) return deskTexts(locale).everywhere
  return prefectures.map((code) => prefectureByCode(code)?.[locale] ?? code).join(locale === 'ja' ? '、' : ', ')
}

/** What the page is for, in three sentences behind a question mark. */
function Help({ frame, staff }: { frame: PageContext; staff: Account | null }) {
  const sentences = helpFor(frame.locale, frame.path)
  if (sentences === null) return null
  const t = deskTexts(frame.locale).help
  return (
    <details class="guide">
      <summary aria-label={t.open} title={t.open} {...keyed(frame, '?')}>
        <span aria-hidden="true">?</span>
      </summary>
      <ol>
        {sentences.map((sentence) => (
          <li>{sentence}</li>
        ))}
      </ol>
      {staff && (
        <p>
          <a href="/desk/manual">{t.manual}</a>
        </p>
      )}
    </details>
  )
}

/**
 * The document around every page of the console: the menu, the account signed in, and the page. `staff` is null until
 * the sign-in is complete; then there is no menu. While the second factor is missing (`halfway`), it has only the button
 * to sign out.
 */
export function Console(props: {
  frame: PageContext
  staff: Account | null
  title: string
  nav?: ConsoleNav | undefined
  halfway?: boolean
  /** Leaves the language switch out, on a page that is shown once. */
  fixed?: boolean
  /** Leaves out the help of the address: the page tells why it is not shown. */
  helpless?: boolean
  children?: Child
}) {
  const { frame, staff, title, nav, halfway } = props
  const d = deskTexts(frame.locale)
  const t = texts(frame.locale)
  return (
    <html lang={frame.locale}>
      <Head frame={frame} title={title} noindex console />
      <body class="console">
        <a class="skip" href="#main">
          {t.skip}
        </a>
        {!props.fixed && <SentForm frame={frame} />}
        <header class="side">
          <a class="brand" href={staff ? '/desk' : '/'}>
            <span class="brand-mark" aria-hidden="true" />
            {siteName(frame)}
          </a>
          {staff && (
            <button class="side-open" type="button" popovertarget="menu">
              {d.openMenu}
            </button>
          )}
          <div class="side-menu" {...(staff && { id: 'menu', popover: 'auto' })}>
            {staff && (
              <nav aria-label={d.menu}>
                <ul>
                  {entries(staff.role).map((key) => (
                    <li>
                      <a
                        href={NAV[key]}
                        aria-current={key === nav ? 'page' : undefined}
                        {...(key === 'bookings' && searchKey(frame))}
                      >
                        {d.nav[key]}
                      </a>
                    </li>
                  ))}
                </ul>
              </nav>
            )}
            <div class="side-foot">
              {staff && (
                <p>
                  {staff.name}
                  <span>{`${d.role[staff.role]} ${staff.prefectures.length > 3 ? '' : prefecturesText(frame.locale, staff)}`}</span>
                </p>
              )}
              {!props.fixed && <LanguageSwitch frame={frame} />}
              {(staff || halfway) && (
                <form action="/desk/sign-out" method="post">
                  <button type="submit">{d.signOut}</button>
                </form>
              )}
            </div>
          </div>
        </header>
        <main id="main" class="work">
          {!props.helpless && <Help frame={frame} staff={staff} />}
          {staff && <SetupNext frame={frame} />}
          {props.children}
        </main>
      </body>
    </html>
  )
}

/** Leads on to the next step of a house that is being set up. */
function SetupNext({ frame }: { frame: PageContext }) {
  const t = deskTexts(frame.locale).setup
  if (!frame.next) return null
  return (
    <p class="setup-next">
      {t.goOn} <a href={SETUP_WAYS[frame.next]}>{t.steps[frame.next].name}</a> <a href="/desk/setup">{t.all}</a>
    </p>
  )
}

/** Leads to the people who have to be called after an act. */
export function ToCall({ frame }: { frame: PageContext }) {
  return <a href="/desk#calls">{deskTexts(frame.locale).session.toCall}</a>
}

/** What can be done on a page, under its heading. */
export function PageActs({ frame, children }: { frame: PageContext; children: Child }) {
  return (
    <section class="page-acts" aria-labelledby="acts">
      <h2 id="acts">{deskTexts(frame.locale).acts}</h2>
      <div class="acts">{children}</div>
    </section>
  )
}

/** The acts that are not possible now, each with why. Nothing without any. */
export function Withheld({ frame, lines }: { frame: PageContext; lines: readonly [act: string, why: string][] }) {
  const t = deskTexts(frame.locale).withheld
  if (lines.length === 0) return null
  return (
    <section class="withheld" aria-labelledby="withheld">
      <h2 id="withheld">{t.title}</h2>
      <ul class="plain soft">
        {lines.map(([act, why]) => (
          <li>{t.line(act, why)}</li>
        ))}
      </ul>
    </section>
  )
}
