import { createRoot } from 'react-dom/client'
import { I18nextProvider } from 'react-i18next'
import type { DeskBridge, DeskCalls } from '../../electron/contract/desk-calls.ts'
import type { DeskEvents } from '../../electron/contract/events.ts'
import { createClient } from '../ui/client.ts'
import { createI18n, markRoot } from '../ui/i18n.ts'
import { DeskApp } from './desk-app.tsx'
import '../ui/base.css'
import '../ui/controls.css'
import './desk.css'
import './parts.css'
import './screens/center.css'
import './screens/lists.css'
import './screens/feed.css'
import './screens/groups.css'
import './screens/meetings.css'

declare global {
  interface Window {
    /** What the desk's preload puts on the page. */
    readonly openChairDesk?: DeskBridge
  }
}

const container = document.getElementById('root')
if (container === null) throw new Error('the page has no #root')

const instance = createI18n('en')
markRoot(document.documentElement, instance, 'en')
const client = createClient<DeskCalls, DeskEvents>(window.openChairDesk)

createRoot(container).render(
  <I18nextProvider i18n={instance}>
    <DeskApp client={client} />
  </I18nextProvider>,
)
