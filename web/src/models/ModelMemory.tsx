/** What is free on the server now, and what would be once a decoder is loaded or unloaded. */
import type { ModelStatus } from '../api/types';
import { bytes, t } from '../i18n';
import { freeMemory } from '../state/catalogue';

export function ModelMemory({ model }: { readonly model: ModelStatus }) {
  const free = freeMemory.value;
  const takes = model.memoryBytes;
  if (free === null || takes === 0 || model.state === 'pulling' || model.state === 'loading') {
    return null;
  }
  const loaded = model.state === 'loaded';
  const after = loaded ? free + takes : free - takes;
  return (
    <p class="quiet">
      {after < 0
        ? t('models.memory.lacks', { free: bytes(free), lacking: bytes(-after) })
        : t(loaded ? 'models.memory.unloaded' : 'models.memory.loaded', {
            free: bytes(free),
            after: bytes(after),
          })}
    </p>
  );
}
