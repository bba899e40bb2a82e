import { raw } from 'hono/html'
import type { Child } from 'hono/jsx'
import type { Instant } from '../src/base/clock.ts'
import type { Locale } from '../src/base/locale.ts'
import type { SetupStep } from '../src/base/vocabulary.ts'
import type { House } from '../src/house/house.ts'
import { texts } from './text/index.ts'
import { ofPage } from './written.ts'

/** The context of a page: what every page is given besides its own view. */
export type PageContext = {
  locale: Locale
  /** Whether the address chose another language than the browser remembered. */
  chosen?: boolean
  /** Path and query without `lang`, for the language switch. */
  path: string
  /** The origin of the site, without a path. */
  origin: string
  now: Instant
  /** What was sent, if the page answers a form. The page has no address of its own then. */
  sent?: Record<string, string | string[]>
  /** What is saved by field, if somebody else saved a form first. A field with something else in it says so. */
  saved?: Record<string, string | string[]>
  /** Who runs this house. Without it pages use words of their own. */
  house?: House | null
  /** The next step of a house that is being set up. */
  next?: SetupStep | null
  /** Whether single keys open pages of the console; true by default. */
  keys?: boolean
  /** The address of an asset, with its version. */
  asset: (name: string) => string
}

/** The name of the service on a page. */
export function siteName({ locale, house }: Pick<PageContext, 'locale' | 'house'>): string {
  return house?.name[locale] ?? texts(locale).site
}

/** A rendered element. */
export type Element = ReturnType<typeof Layout>

const NAV = {
  calendar: '/calendar',
  seminar: '/calendar?kind=seminar',
  desks: '/desks',
  subscribe: '/subscribe',
  lookup: '/lookup',
} as const

/** An address with another parameter. */
function withParameter(path: string, name: string, value: string): string {
  return `${path}${path.includes('?') ? '&' : '?'}${name}=${value}`
}

/** The address of the same page in the other language. */
function inOtherLanguage(frame: PageContext): string {
  return withParameter(frame.path, 'lang', frame.locale === 'ja' ? 'en' : 'ja')
}

/** The address to which a form is sent again only to be shown (`src/http/look.ts`). */
export function toLookAt(path: string, look: 'same' | 'form'): string {
  return withParameter(path, 'look', look)
}

/** The values of a form in hidden fields. */
export function Sent({ values }: { values: Record<string, string | string[]> }) {
  return (
    <>
      {Object.entries(values).flatMap(([name, given]) =>
        [given].flat().map((value) => <input type="hidden" name={name} value={value} />),
      )}
    </>
  )
}

/** What was sent, to be sent again by the language switch. */
export function SentForm({ frame, form }: { frame: PageContext; form?: string | undefined }) {
  if (frame.sent === undefined || form !== undefined) return null
  return (
    <form id="sent" action={toLookAt(inOtherLanguage(frame), 'same')} method="post" hidden>
      <Sent values={frame.sent} />
    </form>
  )
}

type Typed = { fixed?: boolean | undefined; form?: string | undefined }

/**
 * A link to the same page in the other language. If a form is given, a button that keeps the typed values. If the page
 * answers a form, a button that sends the same once more, only to be shown.
 */
export function LanguageSwitch({ frame, form }: { frame: PageContext; form?: string | undefined }) {
  const t = texts(frame.locale)
  const other = frame.locale === 'ja' ? 'en' : 'ja'
  const to = inOtherLanguage(frame)
  if (form === undefined && frame.sent !== undefined) {
    return (
      <button class="language" type="submit" form="sent" lang={other}>
        {t.otherLanguage}
      </button>
    )
  }
  if (form === undefined) {
    return (
      <a class="language" href={to} lang={other} hreflang={other}>
        {t.otherLanguage}
      </a>
    )
  }
  return (
    <button
      class="language"
      type="submit"
      form={form}
      formaction={to}
      formmethod="post"
      formnovalidate
      name="step"
      value="edit"
      lang={other}
    >
      {t.otherLanguage}
    </button>
  )
}

function Nav({ frame, nav, fixed, form }: { frame: PageContext; nav: keyof typeof NAV | undefined } & Typed) {
  const t = texts(frame.locale)
  return (
    <ul>
      {ofPage(['nav', frame.locale, nav], () => (
        <>
          {(Object.keys(NAV) as (keyof typeof NAV)[]).map((key) => (
            <li>
              <a href={NAV[key]} aria-current={key === nav ? 'page' : undefined}>
                {t.nav[key]}
              </a>
            </li>
          ))}
        </>
      ))}
      {!fixed && (
        <li>
          <LanguageSwitch frame={frame} form={form} />
        </li>
      )}
    </ul>
  )
}

/** What search engines and other sites read of a public page: a sentence about it, and its data as JSON-LD. */
export type About = { description?: string | undefined; data?: object | null | undefined }

/** JSON in a data block. Without `<` nothing in it can end the block. */
function DataBlock({ data }: { data: object }) {
  return <script type="application/ld+json">{raw(JSON.stringify(data).replaceAll('<', '\\u003c'))}</script>
}

/** What a page says of itself to other sites (https://ogp.me), and the feeds that belong to it. */
function Public({ frame, title, about }: { frame: PageContext; title: string; about: About }) {
  const { origin, path, locale } = frame
  const t = texts(locale)
  const description = about.description ?? t.home.lead
  return (
    <>
      <meta name="description" content={description} />
      <link rel="canonical" href={origin + path} />
      <link rel="alternate" type="application/atom+xml" title={siteName(frame)} href="/feed.xml" />
      <meta property="og:type" content="website" />
      <meta property="og:site_name" content={siteName(frame)} />
      <meta property="og:title" content={title} />
      <meta property="og:description" content={description} />
      <meta property="og:url" content={origin + path} />
      <meta property="og:locale" content={locale === 'ja' ? 'ja_JP' : 'en_US'} />
      {about.data && <DataBlock data={about.data} />}
    </>
  )
}

/** The head of every document. The console adds its own style and script. */
export function Head(props: {
  frame: PageContext
  title: string
  noindex?: boolean | undefined
  about?: About | undefined
  console?: boolean
}) {
  const { frame, title, about = {} } = props
  return (
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>{`${title} | ${siteName(frame)}`}</title>
      <meta name="color-scheme" content="light dark" />
      <meta name="format-detection" content="telephone=no" />
      {props.noindex || props.console ? (
        <meta name="robots" content="noindex" />
      ) : (
        <Public frame={frame} title={title} about={about} />
      )}
      <link rel="icon" href={frame.asset('favicon.svg')} type="image/svg+xml" />
      <link rel="stylesheet" href={frame.asset('tokens.css')} />
      <link rel="stylesheet" href={frame.asset('style.css')} />
      {props.console && <link rel="stylesheet" href={frame.asset('desk.css')} />}
      <script type="module" src={frame.asset('enhance.js')} />
      {props.console && <script type="module" src={frame.asset('desk.js')} />}
    </head>
  )
}

/** Who runs this house and how to reach them, at the foot of public pages. */
function Operator({ frame }: { frame: PageContext }) {
  const { house, locale } = frame
  if (!house) return null
  const t = texts(locale).operator
  const rows = [
    house.operator[locale] && `${t.operator}${house.operator[locale]}`,
    house.address && `${t.address}${house.address}`,
    house.phone && `${t.phone}${house.phone}`,
    house.email && `${t.email}${house.email}`,
  ].filter(Boolean)
  return rows.length === 0 ? null : (
    <address>
      {rows.map((row) => (
        <span>{row}</span>
      ))}
    </address>
  )
}

/** The foot of public pages. It changes with the house alone. */
function Foot({ frame }: { frame: PageContext }) {
  const t = texts(frame.locale)
  return ofPage(['foot', frame.locale, frame.house], () => (
    <footer class="foot">
      <div class="foot-inner">
        <nav aria-label={t.footerMenu}>
          <ul>
            <li>
              <a href="/about/privacy">{t.footer.privacy}</a>
            </li>
            <li>
              <a href="/about/accessibility">{t.footer.accessibility}</a>
            </li>
            <li>
              <a href="/open-data">{t.footer.openData}</a>
            </li>
            <li>
              <a href="/api/docs">{t.footer.api}</a>
            </li>
          </ul>
        </nav>
        <Operator frame={frame} />
        <p>{t.footer.notice}</p>
      </div>
    </footer>
  ))
}

/**
 * The document around every page. `form` is the id of a form whose typed values the language switch keeps. `fixed` leaves
 * the switch out. `noindex` keeps a private page out of search engines. `narrow` sets one column.
 */
export function Layout(
  props: {
    frame: PageContext
    title: string
    nav?: keyof typeof NAV | undefined
    noindex?: boolean
    about?: About
    narrow?: boolean
    children?: Child
  } & Typed,
) {
  const { frame, title, nav, fixed, form } = props
  const t = texts(frame.locale)
  return (
    <html lang={frame.locale}>
      <Head frame={frame} title={title} noindex={props.noindex} about={props.about} />
      <body>
        <a class="skip" href="#main">
          {t.skip}
        </a>
        {!fixed && <SentForm frame={frame} form={form} />}
        <header class="bar">
          <div class="bar-inner">
            <a class="brand" href="/">
              <span class="brand-mark" aria-hidden="true" />
              {siteName(frame)}
            </a>
            <nav class="bar-wide" aria-label={t.mainMenu}>
              <Nav frame={frame} nav={nav} fixed={fixed} form={form} />
            </nav>
            <details class="bar-menu">
              <summary>{t.menu}</summary>
              <nav aria-label={t.mainMenu}>
                <Nav frame={frame} nav={nav} fixed={fixed} form={form} />
              </nav>
            </details>
          </div>
        </header>
        <main id="main" class={props.narrow ? 'narrow' : undefined}>
          {props.children}
        </main>
        <Foot frame={frame} />
      </body>
    </html>
  )
}

/** A complete HTML document. */
export function page(element: Element): string {
  return `<!doctype html>${String(element)}`
}
