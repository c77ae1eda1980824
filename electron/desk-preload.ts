import { exposeBridge } from './shell/expose-bridge.ts'

exposeBridge('openChairDesk', 'desk')
