import { createRoot } from 'react-dom/client'
import type { KioskBridge, KioskCalls } from '../../electron/contract/kiosk-calls.ts'
import type { KioskEvents } from '../../electron/contract/events.ts'
import '../ui/base.css'
import '../ui/controls.css'
import { createClient } from '../ui/client.ts'
import { Boot } from './boot.tsx'
import './frame.css'
import { guardPage } from './guard.ts'
import './screens/list.css'
import './screens/meeting.css'
import './screens/narrow.css'
import './screens/now-card.css'
import './screens/search.css'
import './screens/sign-in.css'
import './screens/simple.css'
import './screens/today.css'

declare global {
  interface Window {
    /** Put there by the preload; the only way out of this page. */
    readonly openChair?: KioskBridge
  }
}

const root = document.getElementById('root')
if (root === null) throw new Error('The page has no root')
guardPage(window)
createRoot(root).render(<Boot client={createClient<KioskCalls, KioskEvents>(window.openChair)} />)
