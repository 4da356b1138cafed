/** Takes in a decoder from a GGUF file, which is large: how much of it has gone is told meanwhile. */
import { sendForm } from './sendForm';

export async function importModel(file: File, onShare: (share: number) => void): Promise<void> {
  const form = new FormData();
  form.append('file', file, file.name);
  await sendForm('/api/models', form, onShare);
}
