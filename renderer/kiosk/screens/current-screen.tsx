import { useKiosk } from '../kiosk.ts'
import { HandoutScreen } from './handout-screen.tsx'
import { HelpScreen } from './help-screen.tsx'
import { MeetingScreen } from './meeting-screen.tsx'
import { NarrowScreen } from './narrow-screen.tsx'
import { SearchScreen } from './search-screen.tsx'
import { SignInScreen } from './sign-in-screen.tsx'
import { SignedInScreen } from './signed-in-screen.tsx'
import { TodayScreen } from './today-screen.tsx'

export function CurrentScreen() {
  const { visit } = useKiosk()
  const { screen } = visit
  switch (screen.name) {
    case 'today':
      return <TodayScreen screen={screen} />
    case 'search':
      return <SearchScreen screen={screen} />
    case 'narrow':
      return <NarrowScreen screen={screen} />
    case 'meeting':
      return <MeetingScreen meeting={screen.key} />
    case 'sign_in':
      return <SignInScreen screen={screen} />
    case 'signed_in':
      return <SignedInScreen screen={screen} />
    case 'handout':
      return <HandoutScreen screen={screen} />
    case 'help':
      return <HelpScreen />
  }
}
