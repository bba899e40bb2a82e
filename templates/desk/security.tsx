import type { Instant } from '../../src/base/clock.ts'
import type { Pass } from '../../src/people/queries.ts'
import type { PasskeyRow, PassRow, StaffFeedRow } from '../../src/store/schema.ts'
import { TextField, type Values } from '../fields.tsx'
import { Facts, Notice, wordFor } from '../kit.tsx'
import type { PageContext } from '../layout.tsx'
import { browserText } from '../text/browser.ts'
import { type DeskTexts, deskTexts } from '../text/desk.ts'
import { momentText } from '../text/when.ts'
import { Console, prefecturesText } from './console.tsx'

function CodeField({ frame, label, name = 'code' }: { frame: PageContext; label: string; name?: string }) {
  return (
    <TextField
      frame={frame}
      name={name}
      inputmode="numeric"
      autocomplete="one-time-code"
      label={label}
      required
      value=""
    />
  )
}

/** A form that was sent, in hidden fields. */
function Kept({ values }: { values: Values | null }) {
  return (
    <>
      {Object.entries(values ?? {}).flatMap(([name, given]) =>
        [given].flat().map((value) => <input type="hidden" name={name} value={value} />),
      )}
    </>
  )
}

type Proof = {
  frame: PageContext
  pass: Pass
  /** The page to go on to, or the address of the form that waits. */
  to: string
  /** The form that was sent and waits for the proof. Null if there is none. */
  kept: Values | null
  wrong: boolean
  /** Whether a letter with a code was sent. */
  sent: boolean
}

/** Asks for a code that a letter brings, for an account without a second factor. */
function ByLetter({ frame, pass, to, kept, sent }: Proof) {
  const t = deskTexts(frame.locale).proof
  const query = `?to=${encodeURIComponent(to)}${kept === null ? '' : '&form=1'}`
  return (
    <>
      {sent && (
        <form class="card narrow" action={`/desk/proof/again${query}`} method="post">
          <p>{t.sent(pass.account.email)}</p>
          <Kept values={kept} />
          <CodeField frame={frame} name="proof_code" label={t.letterCode} />
          <button class="btn" type="submit">
            {t.send}
          </button>
        </form>
      )}
      <form class="card narrow" action={`/desk/proof/letter${query}`} method="post">
        <Kept values={kept} />
        <button class={sent ? 'btn quiet' : 'btn'} type="submit">
          {sent ? t.letterAgain : t.letter}
        </button>
      </form>
    </>
  )
}

function ByApp({ frame, to, kept }: Proof) {
  const t = deskTexts(frame.locale).proof
  const again = kept !== null
  return (
    <form
      class="card narrow"
      action={again ? `/desk/proof/again?to=${encodeURIComponent(to)}&form=1` : '/desk/proof'}
      method="post"
    >
      {again ? <Kept values={kept} /> : <input type="hidden" name="to" value={to} />}
      <CodeField frame={frame} name={again ? 'proof_code' : 'code'} label={t.code} />
      <button class="btn" type="submit">
        {t.send}
      </button>
    </form>
  )
}

/** The button shows itself once the script runs. The script goes on to `to`, or sends the form around the button. */
function ByPasskey({ frame, to, kept }: Proof) {
  const t = deskTexts(frame.locale).proof
  const button = (
    <p>
      <button class="btn quiet" type="button" data-passkey="/desk/proof/passkey" data-to={to} hidden>
        {t.passkey}
      </button>
      <span role="alert" data-failed={t.failed} />
    </p>
  )
  if (kept === null) return button
  return (
    <form action={to} method="post">
      <Kept values={kept} />
      {button}
    </form>
  )
}

/** Asks for a proof of who is there. An account without a second factor needs the code of a letter. */
export function ProofPage(props: Proof) {
  const { frame, pass, kept, wrong } = props
  const t = deskTexts(frame.locale).proof
  const { totp, passkeys } = pass.account
  const byLetter = !totp && passkeys === 0
  return (
    <Console frame={frame} staff={null} halfway title={t.title}>
      <h1>{t.title}</h1>
      {wrong && <Notice what={byLetter ? t.wrongLetter : t.wrong} tone="stop" alert />}
      {(kept !== null || byLetter) && <Notice what={kept === null ? t.idle : t.again} tone="warn" alert={!wrong} />}
      <p class="lead">{byLetter ? t.letterLead : t.lead}</p>
      {byLetter && <ByLetter {...props} />}
      {totp && <ByApp {...props} />}
      {passkeys > 0 && <ByPasskey {...props} />}
      {kept !== null && (
        <p>
          <a href="/desk">{t.leave}</a>
        </p>
      )}
    </Console>
  )
}

function Device({ frame, agent, since, seen }: { frame: PageContext; agent: string; since: Instant; seen?: Instant }) {
  const t = deskTexts(frame.locale).security
  return (
    <span>
      <b>{browserText(agent) ?? (agent.slice(0, 40) || '?')}</b>{' '}
      <span class="soft">
        {t.since(momentText(frame.locale, since))}
        {seen !== undefined && ` ${t.seen(momentText(frame.locale, seen))}`}
      </span>
    </span>
  )
}

/** The page of one's own account: name, second factors, browsers that are signed in. */
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
}) {
  const { frame, pass, passes, passkeys, secret, qr, wrong, needed, done } = props
  const d = deskTexts(frame.locale)
  const t = d.security
  const { account } = pass
  const said = wordFor(t.done, done)
  return (
    <Console frame={frame} staff={needed ? null : account} halfway={needed} title={t.title} nav="security">
      <h1>{t.title}</h1>
      {needed && <Notice what={t.needed} tone="warn" />}
      {said && <Notice what={{ what: said, next: '' }} tone="done" alert />}
      {wrong && <Notice what={d.proof.wrong} tone="stop" alert />}
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
      {!needed && <Feeds frame={frame} feeds={props.feeds} made={props.feed} />}
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

function Feeds({ frame, feeds, made }: { frame: PageContext; feeds: StaffFeedRow[]; made: string | null }) {
  const t = deskTexts(frame.locale).feeds
  return (
    <section class="card">
      <h2>{t.title}</h2>
      <p>{t.text}</p>
      {made !== null && (
        <Notice what={{ what: t.made, next: '' }} tone="done" alert>
          <p>
            <code class="typed">{made}</code>
          </p>
        </Notice>
      )}
      {feeds.length === 0 && <p class="soft">{t.none}</p>}
      <ul class="plain">
        {feeds.map((feed) => (
          <li>
            <form action={`/desk/security/feeds/${feed.id}/drop`} method="post">
              <b>{feed.name}</b> <span class="soft">{momentText(frame.locale, feed.created_at)}</span>{' '}
              <button class="btn quiet small-btn" type="submit">
                {t.drop}
              </button>
            </form>
          </li>
        ))}
      </ul>
      <form class="with-unit" action="/desk/security/feeds" method="post">
        <label for="feed-name">{t.name}</label>
        <input id="feed-name" name="name" required maxlength={40} value={t.title} />
        <button class="btn quiet" type="submit">
          {t.make}
        </button>
      </form>
    </section>
  )
}
