import type { Instant } from '../../src/base/clock.ts'
import type { Faults } from '../../src/base/input.ts'
import type { Pass } from '../../src/people/queries.ts'
import type { PasskeyRow, PassRow, StaffFeedRow } from '../../src/store/schema.ts'
import { FeedLinks } from '../feed-links.tsx'
import { ErrorSummary, Need, one, Problem, TextField, type Values } from '../fields.tsx'
import { Facts, Notice, PrintButton, Whole, wordFor } from '../kit.tsx'
import type { PageContext } from '../layout.tsx'
import { browserText } from '../text/browser.ts'
import { type DeskTexts, deskTexts } from '../text/desk.ts'
import { momentText } from '../text/when.ts'
import { Console, prefecturesText } from './console.tsx'

function CodeField({ frame, label }: { frame: PageContext; label: string }) {
  return (
    <TextField
      frame={frame}
      name="code"
      inputmode="numeric"
      autocomplete="one-time-code"
      label={label}
      required
      value=""
    />
  )
}

function Device({ frame, agent, since, seen }: { frame: PageContext; agent: string; since: Instant; seen?: Instant }) {
  const t = deskTexts(frame.locale).security
  return (
    <span>
      <b>{browserText(agent) ?? (agent.slice(0, 40) || '?')}</b>{' '}
      <span class="soft">
        <Whole text={t.since(momentText(frame.locale, since))} />
        {seen !== undefined && <Whole text={` ${t.seen(momentText(frame.locale, seen))}`} />}
      </span>
    </span>
  )
}

/** The page of one's own account: name, second factors, browsers that are signed in. */
type Naming = { values: Values; errors: Faults }

export function SecurityPage(props: {
  frame: PageContext
  pass: Pass
  passes: Pick<PassRow, 'id' | 'agent' | 'created_at' | 'seen_at'>[]
  passkeys: PasskeyRow[]
  secret: string
  qr: string
  wrong: boolean
  needed: boolean
  done: string | undefined
  feeds: StaffFeedRow[]
  /** The address of a feed that was created just now. */
  feed: string | null
  /** The form for a feed, as it was sent. */
  naming: Naming
  /** The recovery codes that are left; null if none were made. */
  left: number | null
  /** The recovery codes that were made just now. */
  codes: string[] | null
}) {
  const { frame, pass, passes, passkeys, secret, qr, wrong, needed, done } = props
  const d = deskTexts(frame.locale)
  const t = d.security
  const { account } = pass
  const said = wordFor(t.done, done)
  const isSetUp = done === 'totp' || done === 'passkey'
  return (
    <Console
      frame={frame}
      staff={needed ? null : account}
      halfway={needed}
      title={t.title}
      nav="security"
      fixed={props.feed !== null || props.codes !== null}
    >
      <h1>{t.title}</h1>
      {needed && <Notice what={t.needed} tone="warn" />}
      {said && (
        <Notice what={{ what: said, next: isSetUp && props.left === null ? t.next : '' }} tone="done" alert>
          {isSetUp && account.role !== 'expert' && (
            <p>
              <a href="/desk">{t.toToday}</a>
            </p>
          )}
        </Notice>
      )}
      {wrong && <Notice what={d.proof.wrong} tone="stop" alert />}
      <ErrorSummary
        frame={frame}
        errors={props.naming.errors}
        fields={['name']}
        labels={{ name: d.feeds.name, own: d.advisers.mine.feed }}
      />
      <section class="card">
        <h2>{t.account}</h2>
        <Facts
          rows={[
            [t.name, account.name],
            [t.email, account.email],
            [t.role, d.role[account.role]],
            [t.prefectures, prefecturesText(frame.locale, account)],
          ]}
        />
      </section>
      {!needed && account.role !== 'expert' && (
        <p class="acts">
          {account.role === 'secretariat' && <a href="/desk/setup">{d.setup.title}</a>}
          <a href="/desk/journal">{d.journal.title}</a>
          {account.role !== 'viewer' && <a href="/desk/webhooks">{d.webhooks.title}</a>}
          {account.role !== 'viewer' && <a href="/desk/keys">{d.apiKeys.title}</a>}
        </p>
      )}
      <Totp frame={frame} t={t} secret={secret} qr={qr} on={account.totp} />
      <section class="card">
        <h2>{t.passkeys}</h2>
        <p>{t.passkeysHow}</p>
        {passkeys.length === 0 && <p class="soft">{t.noPasskeys}</p>}
        <ul class="plain">
          {passkeys.map((passkey) => (
            <li>
              <form action="/desk/security/drop" method="post">
                <input type="hidden" name="passkey" value={passkey.id} />
                <Device frame={frame} agent={passkey.name} since={passkey.created_at} />{' '}
                <button class="btn quiet small-btn" type="submit">
                  {t.drop}
                </button>
              </form>
            </li>
          ))}
        </ul>
        <button
          class="btn quiet"
          type="button"
          data-passkey="/desk/security/passkey"
          data-to="/desk/security?done=passkey"
          hidden
        >
          {t.passkeyAdd}
        </button>
        <span role="alert" data-failed={t.passkeyFailed} />
      </section>
      {(account.totp || passkeys.length > 0) && <Recovery frame={frame} left={props.left} made={props.codes} />}
      {!needed && account.role !== 'expert' && <Keys frame={frame} />}
      {!needed && (
        <Feeds
          frame={frame}
          feeds={props.feeds}
          made={props.feed}
          adviser={account.role === 'expert'}
          naming={props.naming}
        />
      )}
      <section class="card">
        <h2>{t.passes}</h2>
        <ul class="plain">
          {passes.map((browser) => (
            <li>
              <form action="/desk/security/end" method="post">
                <input type="hidden" name="pass" value={browser.id} />
                <Device frame={frame} agent={browser.agent} since={browser.created_at} seen={browser.seen_at} />{' '}
                {browser.id === pass.id ? (
                  <span class="pill ok">{t.here}</span>
                ) : (
                  <button class="btn quiet small-btn" type="submit">
                    {t.end}
                  </button>
                )}
              </form>
            </li>
          ))}
        </ul>
      </section>
    </Console>
  )
}

function Totp(props: { frame: PageContext; t: DeskTexts['security']; secret: string; qr: string; on: boolean }) {
  const { frame, t, secret, qr, on } = props
  if (on) {
    return (
      <form class="card" action="/desk/security/drop" method="post">
        <h2>{t.totp}</h2>
        <p>
          <span class="pill ok">{t.totpOn}</span>
        </p>
        <button class="btn quiet" type="submit">
          {t.drop}
        </button>
      </form>
    )
  }
  return (
    <form class="card" action="/desk/security/totp" method="post">
      <h2>{t.totp}</h2>
      <p>{t.totpHow}</p>
      <img class="qr" alt="" src={qr} width="200" height="200" />
      <p>
        {t.totpSecret} <code class="typed">{secret.replaceAll(/(.{4})/g, '$1 ').trim()}</code>
      </p>
      <input type="hidden" name="secret" value={secret} />
      <CodeField frame={frame} label={t.totpCode} />
      <button class="btn" type="submit">
        {t.totpSave}
      </button>
    </form>
  )
}

/** The codes for people who lose their phone. They are shown once, in a form that can be printed. */
function Recovery({ frame, left, made }: { frame: PageContext; left: number | null; made: string[] | null }) {
  const t = deskTexts(frame.locale).security.recovery
  return (
    <section class="card" id="codes">
      <h2>{t.title}</h2>
      <p>{t.how}</p>
      {made !== null && (
        <Notice what={t.made} tone="done" alert>
          <ol class="codes">
            {made.map((code) => (
              <li>
                <code class="typed">{code}</code>
              </li>
            ))}
          </ol>
          <PrintButton frame={frame} />
        </Notice>
      )}
      {made === null && (
        <p class={left !== null && left < 3 ? undefined : 'soft'}>{left === null ? t.none : t.left(left)}</p>
      )}
      {made === null && (
        <form action="/desk/security/codes" method="post">
          <button class="btn quiet" type="submit">
            {left === null ? t.make : t.again}
          </button>
          {left !== null && <p class="small soft">{t.ends}</p>}
        </form>
      )}
    </section>
  )
}

/** Turns the single keys of the console off or on, for this browser. */
function Keys({ frame }: { frame: PageContext }) {
  const t = deskTexts(frame.locale).security.keys
  const on = frame.keys !== false
  return (
    <section class="card" id="keys">
      <h2>{t.title}</h2>
      <p>{t.text}</p>
      <form action="/desk/security/keys" method="post">
        <button class="btn quiet" type="submit" name="keys" value={on ? 'off' : 'on'}>
          {on ? t.off : t.on}
        </button>
      </form>
    </section>
  )
}

function Feeds(props: {
  frame: PageContext
  feeds: StaffFeedRow[]
  made: string | null
  adviser: boolean
  naming: Naming
}) {
  const { frame, feeds, made, adviser } = props
  const { values, errors } = props.naming
  const t = deskTexts(frame.locale).feeds
  const { mine } = deskTexts(frame.locale).advisers
  return (
    <section class="card">
      <h2>{t.title}</h2>
      <p>{t.text}</p>
      {made !== null && (
        <Notice what={{ what: t.made, next: '' }} tone="done" alert>
          <p>
            <code class="typed">{made}</code>
          </p>
          <FeedLinks frame={frame} address={made} name={t.title} />
        </Notice>
      )}
      {feeds.length === 0 && <p class="soft">{t.none}</p>}
      <ul class="plain">
        {feeds.map((feed) => (
          <li>
            <form action={`/desk/security/feeds/${feed.id}/drop`} method="post">
              <b>{feed.name}</b> {feed.own === 1 && <span class="pill">{mine.title}</span>}{' '}
              <span class="soft">{momentText(frame.locale, feed.created_at)}</span>{' '}
              <button class="btn quiet small-btn" type="submit">
                {t.drop}
              </button>
            </form>
          </li>
        ))}
      </ul>
      <form class="with-unit" action="/desk/security/feeds" method="post">
        <label for="name">
          {t.name}
          <Need frame={frame} required />
        </label>
        <input
          id="name"
          name="name"
          required
          maxlength={40}
          value={values.name === undefined ? t.title : one(values, 'name')}
          aria-invalid={errors.name ? 'true' : undefined}
          aria-describedby={errors.name ? 'name-error' : undefined}
        />
        {adviser ? (
          <input type="hidden" name="own" value="true" />
        ) : (
          <label class="choice">
            <input type="checkbox" name="own" value="true" checked={one(values, 'own') === 'true'} />
            <span class="choice-label">{mine.feed}</span>
          </label>
        )}
        <button class="btn quiet" type="submit">
          {t.make}
        </button>
      </form>
      <Problem frame={frame} name="name" error={errors.name} label={t.name} />
    </section>
  )
}
