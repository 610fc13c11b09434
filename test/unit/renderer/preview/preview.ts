import { fakeBridge } from '../fake-bridge.ts';
import { SAMPLES } from '../sample-states.ts';

/** Opens the page with one sample session: `index.html?state=verify-label&theme=dark`. */
const query = new URLSearchParams(location.search);
const state = SAMPLES[query.get('state') ?? 'prepare'];
if (state === undefined) throw new Error(`one of: ${Object.keys(SAMPLES).join(', ')}`);
const theme = query.get('theme');
if (theme !== null) document.documentElement.dataset['theme'] = theme;
const fake = fakeBridge(state);
Object.assign(window, { recovery: fake.bridge, fake, samples: SAMPLES });
await import('../../../../renderer/main.tsx');
