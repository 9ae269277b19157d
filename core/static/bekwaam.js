// Comfort, and nothing that a page cannot do without: what was typed survives a lost session, server or network; a sent file shows how far it is;
// a pasted list says how many lines it has, and amounts what they come to; and the list of mistakes takes the focus. What is kept stays in this tab and goes with it.
'use strict'

const KEPT = 'typed '
const FIELDS = 'input:not([type=hidden], [type=password], [type=file], [autocomplete=one-time-code]), textarea, select'

const path = form => new URL(form.getAttribute('action') || location.href, location.href).pathname
const key = form => KEPT + path(form)
const fields = form => [...form.querySelectorAll(FIELDS)].filter(one => one.name)
const chosen = one => one.type === 'checkbox' || one.type === 'radio'
const untouched = one => chosen(one) ? one.checked === one.defaultChecked : one.tagName === 'SELECT'
  ? [...one.options].every(option => option.selected === option.defaultSelected) : one.value === one.defaultValue

// A page with mistakes already has what was typed, as its own text.
const mistaken = () => document.getElementById('error-summary') !== null

function keep(form) {
  const changed = fields(form).filter(one => mistaken() || !untouched(one))
  const typed = changed.map(one => [one.name, chosen(one) ? one.value : '', chosen(one) ? one.checked : one.value])
  if (typed.length) sessionStorage.setItem(key(form), JSON.stringify({typed}))
  else sessionStorage.removeItem(key(form))
}

function restore(form) {
  const kept = JSON.parse(sessionStorage.getItem(key(form)) || 'null')
  if (!kept || mistaken()) return
  let back = 0
  for (const [name, value, state] of kept.typed) {
    const one = fields(form).find(each => each.name === name && (!chosen(each) || each.value === value))
    if (!one || !untouched(one)) continue
    if (chosen(one)) one.checked = state
    else one.value = state
    back += 1
  }
  if (back) form.prepend(notice(document.body.dataset.restored))
}

function notice(text) {
  const box = document.createElement('div'), said = document.createElement('p')
  box.className = 'bk-alert'
  box.setAttribute('role', 'status')
  said.textContent = text
  box.append(said)
  return box
}

// A form that was taken answers with a redirect, or with a page that tells of it; one that was not leaves what was typed where it is.
function forget() {
  const [arrived] = performance.getEntriesByType('navigation')
  if (!arrived || location.pathname.startsWith('/inloggen')) return
  const answered = document.body.dataset.answered !== undefined && !mistaken()
  if (!arrived.redirectCount && !answered) return
  for (const name of Object.keys(sessionStorage)) {
    if (name.startsWith(KEPT) && JSON.parse(sessionStorage.getItem(name)).sent) sessionStorage.removeItem(name)
  }
}

function sending(event) {
  const form = event.target
  if (path(form) === '/uitloggen') return sessionStorage.clear()
  const kept = JSON.parse(sessionStorage.getItem(key(form)) || 'null')
  if (kept) sessionStorage.setItem(key(form), JSON.stringify({...kept, sent: true}))
  const files = [...form.querySelectorAll('input[type=file]')].some(one => one.files.length)
  if (files) {
    event.preventDefault()
    upload(form, event.submitter)
  }
}

function upload(form, button) {
  const bar = document.createElement('progress'), said = document.createElement('p'), sent = new XMLHttpRequest()
  bar.className = 'bk-progress'
  bar.max = 1
  bar.setAttribute('aria-label', document.body.dataset.uploading)
  said.textContent = document.body.dataset.uploading
  said.setAttribute('role', 'status')
  form.append(said, bar)
  if (button) button.disabled = true
  sent.upload.onprogress = now => { if (now.lengthComputable) bar.value = now.loaded / now.total }
  sent.onload = () => {
    if (sent.responseURL !== new URL(path(form), location.href).href) {
      sessionStorage.removeItem(key(form))
      return location.assign(sent.responseURL)
    }
    document.open()
    document.write(sent.responseText)
    document.close()
  }
  sent.onerror = () => {
    said.textContent = document.body.dataset.away
    bar.remove()
    if (button) button.disabled = false
  }
  const content = new FormData(form)
  if (button && button.name) content.append(button.name, button.value)
  sent.open('POST', form.action)
  sent.send(content)
}

function count(area) {
  const said = document.createElement('output'), lines = () => area.value.split('\n').filter(line => line.trim()).length
  const tell = () => { said.textContent = lines() ? area.dataset.lines.replace('#', lines()) : '' }
  said.className = 'bk-form-field__hint'
  area.after(said)
  area.addEventListener('input', tell)
  tell()
}

// The last number of each line and each field inside, added up; a comma or a point before the decimals.
function total(part) {
  const said = document.createElement('output'), areas = [...part.querySelectorAll('textarea, input')]
  const last = line => Number((line.match(/\d+(?:[.,]\d+)?(?=\D*$)/) || ['0'])[0].replace(',', '.'))
  const tell = () => {
    const sum = areas.flatMap(one => one.value.split('\n')).reduce((so, line) => so + last(line), 0)
    const words = new Intl.NumberFormat(document.documentElement.lang, {maximumFractionDigits: 2})
    said.textContent = sum ? part.dataset.total.replace('#', words.format(sum)) : ''
  }
  said.className = 'bk-form-field__hint'
  part.append(said)
  part.addEventListener('input', tell)
  tell()
}

forget()
for (const form of document.querySelectorAll('form[method=post]')) {
  if (!form.querySelector('[autocomplete=current-password]')) {
    restore(form)
    form.addEventListener('input', () => keep(form))
    form.addEventListener('change', () => keep(form))
  }
  form.addEventListener('submit', sending)
}
document.querySelectorAll('textarea[data-lines]').forEach(count)
document.querySelectorAll('[data-total]').forEach(total)
document.getElementById('error-summary')?.focus()
