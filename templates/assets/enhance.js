// Small comforts. Every page works without this file.

for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false
  button.addEventListener('click', () => globalThis.print())
}

if (navigator.clipboard) {
  for (const button of document.querySelectorAll('[data-copy]')) {
    const field = document.getElementById(button.dataset.copy)
    const told = button.parentElement.querySelector('[role=status]')
    button.hidden = false
    button.addEventListener('click', () => {
      const tell = () => told.replaceChildren(button.dataset.done)
      navigator.clipboard.writeText(field.value).then(tell, () => field.select())
    })
  }
}

// The browser keeps no such page, so Back and Forward would show an error. Another page takes its place in the history.
const unkept = document.querySelector('[data-unkept]')
if (unkept) history.replaceState(null, '', unkept.dataset.unkept)

document.querySelector('[data-focus]')?.focus()

const menu = document.querySelector('.bar-menu')
menu?.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape' || !menu.open) return
  menu.open = false
  menu.querySelector('summary').focus()
})

// Work that may take a moment says so until its answer comes.
const busy = document.querySelectorAll('form[data-busy]')
for (const form of busy) {
  form.addEventListener('submit', ({ submitter }) => {
    submitter?.setAttribute('aria-busy', 'true')
    form.querySelector('[role=status]')?.replaceChildren(form.dataset.busy)
  })
}
// A page that comes back from the history is not at work any more.
addEventListener('pageshow', () => {
  for (const form of busy) {
    form.querySelector('[role=status]')?.replaceChildren()
    for (const button of form.querySelectorAll('[aria-busy]')) button.removeAttribute('aria-busy')
  }
})
