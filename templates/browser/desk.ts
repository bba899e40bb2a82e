// Improvements for the console. Every page works without this file.

import { civilDate } from '../../src/base/japan/civil.ts'
import { readDate } from '../../src/base/japan/read-date.ts'

type Options = PublicKeyCredentialCreationOptionsJSON | PublicKeyCredentialRequestOptionsJSON

/** Gets a challenge from the server, lets the device sign it, and sends the answer to the server. */
async function usePasskey(address: string): Promise<boolean> {
  const asked = await fetch(`${address}/challenge`, { method: 'POST' })
  if (asked.status === 403) {
    location.assign(`/desk/proof?to=${encodeURIComponent(location.pathname)}`)
    return false
  }
  const options = (await asked.json()) as Options
  const shown =
    'user' in options
      ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
      : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) })
  if (!(shown instanceof PublicKeyCredential)) return false
  const answer = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(shown),
  })
  return answer.ok
}

for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-passkey]')) {
  if (!('PublicKeyCredential' in globalThis) || !('parseCreationOptionsFromJSON' in PublicKeyCredential)) continue
  const { passkey = '', to = '/desk' } = button.dataset
  const failed = button.parentElement?.querySelector<HTMLElement>('[data-failed]')
  button.hidden = false
  for (const said of document.querySelectorAll<HTMLElement>('[data-with-passkey]')) said.hidden = false
  for (const said of document.querySelectorAll<HTMLElement>('[data-without-passkey]')) said.hidden = true
  if (button.autofocus) button.focus()
  const tell = (done: boolean) => {
    button.disabled = false
    if (done && button.form) button.form.submit()
    else if (done) location.assign(to)
    else failed?.replaceChildren(failed.dataset.failed ?? '')
  }
  button.addEventListener('click', () => {
    button.disabled = true
    usePasskey(passkey).then(tell, () => tell(false))
  })
}

/** Sends the choice at once if the mouse made it; else on Enter, or when the field loses the focus. */
for (const select of document.querySelectorAll<HTMLSelectElement>('select[data-submits]')) {
  const { value } = select
  const button = document.querySelector<HTMLButtonElement>(`#${CSS.escape(select.dataset.submits || 'none')}`)
  const send = () => {
    if (select.value !== value && select.value !== '') select.form?.requestSubmit(button)
  }
  let keyed = false
  select.addEventListener('keydown', (event) => {
    keyed = true
    if (event.key === 'Enter') {
      event.preventDefault()
      send()
    }
  })
  select.addEventListener('pointerdown', () => {
    keyed = false
  })
  select.addEventListener('change', () => {
    if (!keyed) send()
  })
  select.addEventListener('blur', send)
}

/** Ticks all lines of a list at once, or none. */
for (const all of document.querySelectorAll<HTMLInputElement>('input[data-ticks]')) {
  const named = `input[type=checkbox][name="${CSS.escape(all.dataset.ticks ?? '')}"]`
  const ticks = () => [...(all.form?.querySelectorAll<HTMLInputElement>(named) ?? [])]
  all.hidden = false
  all.addEventListener('change', () => {
    for (const tick of ticks()) tick.checked = all.checked
  })
  all.form?.addEventListener('change', () => {
    const ticked = ticks().filter((tick) => tick.checked).length
    all.checked = ticked > 0 && ticked === ticks().length
    all.indeterminate = ticked > 0 && !all.checked
  })
}

type Left = { remaining: number | null; slots: { id: string; remaining: number | null }[] }

/** Updates the free places while the form is open. */
for (const area of document.querySelectorAll<HTMLElement>('[data-places]')) {
  const refresh = async () => {
    const answer = await fetch(area.dataset.places ?? '')
    if (!answer.ok) return
    const { slots } = (await answer.json()) as Left
    for (const { id, remaining } of slots) {
      const told = area.querySelector(`[data-left="${CSS.escape(id)}"]`)
      if (told && remaining !== null) told.textContent = told.textContent?.replace(/\d+/, String(remaining)) ?? ''
    }
  }
  setInterval(() => {
    if (!document.hidden) refresh().catch(() => undefined)
  }, 10_000)
}

/** Shows what is known of the person who calls while telephone, kana or e-mail is typed. */
const known = document.querySelector<HTMLElement>('[data-alike]')
if (known) {
  const form = known.closest('form')
  const look = async () => {
    const body = new URLSearchParams()
    for (const name of ['shown_of', 'phone', 'name_kana', 'email']) {
      body.set(name, form?.querySelector<HTMLInputElement>(`[name=${name}]`)?.value ?? '')
    }
    const answer = await fetch(known.dataset.alike ?? '', { method: 'POST', body })
    if (!answer.ok) return
    const found = new DOMParser().parseFromString(await answer.text(), 'text/html')
    known.replaceChildren(...found.body.childNodes)
    known.hidden = known.childElementCount === 0
  }
  for (const name of ['phone', 'name_kana', 'email']) {
    form?.querySelector(`[name=${name}]`)?.addEventListener('change', () => {
      look().catch(() => undefined)
    })
  }
}

/** Milliseconds without a key after which a form saves itself. */
const PAUSE = 3000

/** Saves a form as a draft while it is typed. The server keeps it, so that nothing personal stays in the browser. */
for (const form of document.querySelectorAll<HTMLFormElement>('form[data-autosave]')) {
  const said = form.querySelector<HTMLElement>('[data-auto]')
  const revision = form.querySelector<HTMLInputElement>('[name=revision]')
  const tell = (word: string | undefined) => said?.replaceChildren(word ?? '')
  let timer = 0
  let saving: Promise<void> | null = null
  const save = async () => {
    const fields = [...new FormData(form)].filter((pair): pair is [string, string] => typeof pair[1] === 'string')
    const body = new URLSearchParams(fields)
    body.set('state', 'draft')
    const answer = await fetch(form.dataset.autosave ?? '', {
      method: 'POST',
      headers: { accept: 'application/json' },
      body,
    })
    if (!answer.ok) throw new Error(`draft: ${answer.status}`)
    const done = (await answer.json()) as { revision: number }
    if (revision) revision.value = String(done.revision)
    tell(said?.dataset.saved)
  }
  const keep = () => {
    const before = saving ?? Promise.resolve()
    const now = before
      .then(save)
      .catch(() => tell(said?.dataset.failed))
      .finally(() => {
        if (saving === now) saving = null
      })
    saving = now
  }
  tell(said?.dataset.auto)
  form.addEventListener('input', () => {
    clearTimeout(timer)
    timer = window.setTimeout(keep, PAUSE)
  })
  let waits = false
  form.addEventListener('submit', (event) => {
    clearTimeout(timer)
    if (saving === null) return
    // The revision of a draft that is on its way must come first.
    event.preventDefault()
    if (waits) return
    waits = true
    const { submitter } = event
    // A form ignores `requestSubmit` while it is being submitted.
    const send = () => {
      waits = false
      form.requestSubmit(submitter)
    }
    const after = () => setTimeout(send)
    saving.then(after, after)
  })
}

const DRAGGED = 'text/x-session'

/** A session that is dragged to another day of the calendar opens the form that moves it there. */
for (const link of document.querySelectorAll<HTMLAnchorElement>('a[data-moves]')) {
  link.draggable = true
  link.addEventListener('dragstart', ({ dataTransfer }) => dataTransfer?.setData(DRAGGED, link.dataset.moves ?? ''))
}

/** How long a finger rests on a session to take it, in milliseconds. */
const HOLD = 500

/** How far a finger may stray meanwhile, in pixels. */
const STRAY = 10

/** A session on which a finger rests is taken: the calendar then offers the days to which it can move. */
for (const link of document.querySelectorAll<HTMLAnchorElement>('a[data-picks]')) {
  let from: { x: number; y: number; timer: number } | null = null
  let isTaken = false
  const stop = () => {
    if (from) clearTimeout(from.timer)
    from = null
  }
  link.addEventListener('pointerdown', ({ pointerType, clientX, clientY }) => {
    isTaken = false
    // The browser's own drag by touch would begin at the same moment.
    link.draggable = pointerType !== 'touch'
    if (pointerType !== 'touch') return
    const timer = setTimeout(() => {
      isTaken = true
      location.assign(link.dataset.picks ?? '')
    }, HOLD)
    from = { x: clientX, y: clientY, timer }
  })
  link.addEventListener('pointermove', ({ clientX, clientY }) => {
    if (from && Math.hypot(clientX - from.x, clientY - from.y) > STRAY) stop()
  })
  for (const end of ['pointerup', 'pointercancel'] as const) link.addEventListener(end, stop)
  link.addEventListener('contextmenu', (event) => {
    if (from || isTaken) event.preventDefault()
  })
  // Lifting the finger is no click on the link then.
  link.addEventListener('click', (event) => {
    if (isTaken) event.preventDefault()
    isTaken = false
  })
}

for (const day of document.querySelectorAll<HTMLElement>('td[data-day]')) {
  const takes = (event: DragEvent) => {
    if (!event.dataTransfer?.types.includes(DRAGGED)) return
    event.preventDefault()
    day.classList.add('is-target')
  }
  day.addEventListener('dragenter', takes)
  day.addEventListener('dragover', takes)
  day.addEventListener('dragleave', () => day.classList.remove('is-target'))
  day.addEventListener('drop', (event) => {
    const form = event.dataTransfer?.getData(DRAGGED) ?? ''
    day.classList.remove('is-target')
    event.preventDefault()
    // A drop on its own day changes nothing.
    const stays = [...day.querySelectorAll<HTMLElement>('[data-moves]')].some(({ dataset }) => dataset.moves === form)
    if (form !== '' && !stays) location.assign(`${form}?date=${day.dataset.day}`)
  })
}

/** A date that is pasted in any form is read: a date picker takes none but its own. */
for (const input of document.querySelectorAll<HTMLInputElement>('input[type=date]')) {
  input.addEventListener('paste', (event) => {
    const pasted = event.clipboardData?.getData('text') ?? ''
    const date = readDate(pasted, civilDate(new Date().toISOString()))
    if (date === null) return
    event.preventDefault()
    input.value = date
    input.dispatchEvent(new Event('change', { bubbles: true }))
  })
}

/** A single key opens the link with that `data-key`. Not in a field, and not if something typed would be lost. */
let typed = false
document.querySelector('form.enter')?.addEventListener('input', () => {
  typed = true
})
document.addEventListener('keydown', (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return
  const { target } = event
  if (target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]')) return
  const named = `[data-key="${CSS.escape(event.key.toLowerCase())}"]`
  // The search of the page itself comes before the way to another.
  const link = document.querySelector<HTMLElement>(`input${named}`) ?? document.querySelector<HTMLElement>(named)
  if (!link) return
  event.preventDefault()
  if (link.matches('input')) link.focus()
  else if (!typed && link.dataset.opens) location.assign(link.dataset.opens)
  else if (!typed) link.click()
})
