/** Whether keys and values of a collection's prompts are kept, what they take, and the switch. */
import { useEffect, useState } from 'preact/hooks';
import * as api from '../api/client';
import type { Memory } from '../api/types';
import { wordsFor } from '../api/words';
import { bytes, number, t } from '../i18n';
import { Failure } from '../shell/Failure';

export function KeptMemory({ collection }: { readonly collection: string }) {
  const [memory, setMemory] = useState<Memory | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    let shown = true;
    setMemory(null);
    api.memory(collection).then(
      (found) => {
        if (shown) {
          setMemory(found);
        }
      },
      () => undefined,
    );
    return () => {
      shown = false;
    };
  }, [collection]);
  if (memory === null) {
    return null;
  }
  const change = async (kept: boolean) => {
    try {
      await (kept ? api.keepMemory(collection) : api.dropMemory(collection));
      setMemory(await api.memory(collection));
      setProblem(null);
    } catch (caught) {
      setProblem(wordsFor(caught));
    }
  };
  const build = async () => {
    try {
      await api.buildMemory(collection);
      setProblem(null);
    } catch (caught) {
      setProblem(wordsFor(caught));
    }
  };
  return (
    <div class="memory">
      <label class="switch">
        <input
          type="checkbox"
          role="switch"
          checked={memory.kept}
          onChange={(event) => {
            void change(event.currentTarget.checked);
          }}
        />
        {t('library.memory')}
      </label>
      {memory.kept && (
        <button
          type="button"
          onClick={() => {
            void build();
          }}
        >
          {t('library.memory.build')}
        </button>
      )}
      <p class="quiet">
        {memory.entries > 0
          ? t('library.memory.kept', {
              passages: number(memory.passages),
              n: number(memory.entries - memory.passages),
              tokens: number(memory.tokens),
              size: bytes(memory.bytes),
            })
          : t('library.memory.about')}
      </p>
      {problem !== null && (
        <Failure
          text={problem}
          onClose={() => {
            setProblem(null);
          }}
        />
      )}
    </div>
  );
}
