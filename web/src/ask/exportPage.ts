/** Saves a contrast as one HTML file that shows itself, replays itself and needs no network. */
import { send } from '../api/client';
import type { Trace } from '../api/types';
import { fillPage, type Shared } from '../share/shared';
import { save } from './save';

export async function exportPage(trace: Trace): Promise<void> {
  const template = await (await send('./share.html')).text();
  const shared: Shared = { trace };
  save(fillPage(template, shared), 'text/html', `kvasir-${trace.id}.html`);
}
