"""Writes chat-templates.json: what Python's jinja2 renders of chat templates, for ChatTemplateTest.

Run with jinja2 3.1 and the sources of llama.cpp: python chat-templates.py FOLDER COMMIT > chat-templates.json. The
sandbox is the one that transformers uses (ImmutableSandboxedEnvironment with trim_blocks and lstrip_blocks). The
templates are those of this project's decoders (SmolLM2, Qwen2.5) and, for others, short ones of ours with the
constructs that theirs are written with. Those that stand for a file of llama.cpp's models/templates (PUBLISHED) have
to render every chat as that file does. Nobody thinks aloud here: enable_thinking is false.
A chat is the roles of its messages; a content is [its place].
"""
import hashlib
import json
import pathlib
import sys

import jinja2
from jinja2.ext import loopcontrols
from jinja2.sandbox import ImmutableSandboxedEnvironment

SMOLLM2 = (
    "{% for message in messages %}{% if loop.first and messages[0]['role'] != 'system' %}"
    "{{ '<|im_start|>system\nYou are a helpful AI assistant named SmolLM, trained by Hugging Face<|im_end|>\n' }}{% endif %}"
    "{{'<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' + '\n'}}{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}"
)
QWEN2 = r"""{%- if tools %}
    {{- '<|im_start|>system\n' }}
    {%- if messages[0]['role'] == 'system' %}
        {{- messages[0]['content'] }}
    {%- endif %}
    {{- "\n\n# Tools\n\n<tools>" }}
    {%- for tool in tools %}
        {{- "\n" }}
        {{- tool | tojson }}
    {%- endfor %}
    {{- "\n</tools>\n{\"name\": <function-name>}<|im_end|>\n" }}
{%- else %}
    {%- if messages[0]['role'] == 'system' %}
        {{- '<|im_start|>system\n' + messages[0]['content'] + '<|im_end|>\n' }}
    {%- else %}
        {{- '<|im_start|>system\nYou are Qwen, created by Alibaba Cloud. You are a helpful assistant.<|im_end|>\n' }}
    {%- endif %}
{%- endif %}
{%- for message in messages %}
    {%- if (message.role == "user") or (message.role == "system" and not loop.first) or (message.role == "assistant" and not message.tool_calls) %}
        {{- '<|im_start|>' + message.role + '\n' + message.content + '<|im_end|>' + '\n' }}
    {%- elif message.role == "assistant" %}
        {{- '<|im_start|>' + message.role }}
        {%- for tool_call in message.tool_calls %}
            {%- if tool_call.function is defined %}
                {%- set tool_call = tool_call.function %}
            {%- endif %}
            {{- tool_call.arguments | tojson }}
        {%- endfor %}
        {{- '<|im_end|>\n' }}
    {%- elif message.role == "tool" %}
        {%- if (loop.index0 == 0) or (messages[loop.index0 - 1].role != "tool") %}
            {{- '<|im_start|>user' }}
        {%- endif %}
        {%- if loop.last or (messages[loop.index0 + 1].role != "tool") %}
            {{- '<|im_end|>\n' }}
        {%- endif %}
    {%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}
    {{- '<|im_start|>assistant\n' }}
{%- endif %}
"""
LLAMA3 = r"""{{- bos_token }}
{%- if not date is defined %}
    {%- if strftime_now is defined %}
        {%- set date = strftime_now("%d %b %Y") %}
    {%- else %}
        {%- set date = "26 Jul 2024" %}
    {%- endif %}
{%- endif %}
{%- if not tools is defined %}
    {%- set tools = none %}
{%- endif %}

{#- The system message has a place of its own. #}
{%- if messages[0]['role'] == 'system' %}
    {%- set system_message = messages[0]['content']|trim %}
    {%- set messages = messages[1:] %}
{%- else %}
    {%- set system_message = "" %}
{%- endif %}
{{- "<|start_header_id|>system<|end_header_id|>\n\n" }}
{{- "Today Date: " + date + "\n\n" }}
{%- if tools is not none and not tools_in_user_message %}
    {%- for t in tools %}
        {{- t | tojson(indent=4) }}
    {%- endfor %}
{%- endif %}
{{- system_message }}
{{- "<|eot_id|>" }}
{%- for message in messages %}
    {%- if not (message.role == 'ipython' or message.role == 'tool' or 'tool_calls' in message) %}
        {{- '<|start_header_id|>' + message['role'] + '<|end_header_id|>\n\n'+ message['content'] | trim + '<|eot_id|>' }}
    {%- elif 'tool_calls' in message %}
        {%- if not message.tool_calls|length == 1 %}
            {{- raise_exception("one call at a time") }}
        {%- endif %}
    {%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}
    {{- '<|start_header_id|>assistant<|end_header_id|>\n\n' }}
{%- endif %}
"""
QWEN3 = r"""{%- if messages[0].role == 'system' %}
    {{- '<|im_start|>system\n' + messages[0].content + '<|im_end|>\n' }}
{%- endif %}
{%- set ns = namespace(searching=true, last=messages|length - 1) %}
{%- for message in messages[::-1] %}
    {%- set index = (messages|length - 1) - loop.index0 %}
    {%- if ns.searching and message.role == "user" and message.content is string and not(message.content.startswith('<t>') and message.content.endswith('</t>')) %}
        {%- set ns.searching = false %}
        {%- set ns.last = index %}
    {%- endif %}
{%- endfor %}
{%- for message in messages %}
    {%- if (message.role == "user") or (message.role == "system" and not loop.first) %}
        {{- '<|im_start|>' + message.role + '\n' + message.content + '<|im_end|>' + '\n' }}
    {%- elif message.role == "assistant" %}
        {%- set content = message.content %}
        {%- set thought = '' %}
        {%- if message.reasoning_content is defined and message.reasoning_content is not none %}
            {%- set thought = message.reasoning_content %}
        {%- elif '</think>' in content %}
            {%- set thought = content.split('</think>')[0].rstrip('\n').split('<think>')[-1].lstrip('\n') %}
            {%- set content = content.split('</think>')[-1].lstrip('\n') %}
        {%- endif %}
        {%- if loop.index0 > ns.last and (loop.last or thought) %}
            {{- '<|im_start|>' + message.role + '\n<think>\n' + thought.strip('\n') + '\n</think>\n\n' + content.lstrip('\n') }}
        {%- else %}
            {{- '<|im_start|>' + message.role + '\n' + content }}
        {%- endif %}
        {{- '<|im_end|>\n' }}
    {%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}
    {{- '<|im_start|>assistant\n' }}
    {%- if enable_thinking is defined and enable_thinking is false %}
        {{- '<think>\n\n</think>\n\n' }}
    {%- endif %}
{%- endif %}
"""
GRANITE = r"""{%- set preset = 'You are a helpful assistant. Please ensure responses are professional, accurate, and safe.' %}
{%- if offered is defined and offered %}
    {%- set tools = offered %}
{%- endif %}
{%- set ns = namespace(preset=preset,
                       system_message=''
                       ) %}
{%- if tools %}
    {%- for tool in tools %}
        {%- set ns.preset = ns.preset + '\n' + (tool | tojson) %}
    {%- endfor %}
{%- endif %}
{%- if messages[0].role == 'system' %}
    {%- if messages[0].content is string %}
        {%- set ns.system_message = messages[0].content %}
    {%- elif messages[0].content is iterable %}
        {%- for part in messages[0].content %}
            {%- set ns.system_message = ns.system_message + part.text %}
        {%- endfor %}
    {%- endif %}
{%- endif %}
{{- '<|start_of_role|>system<|end_of_role|>' + (ns.system_message if ns.system_message else ns.preset) + '<|end_of_text|>\n' }}
{%- for message in messages %}
    {%- set content = namespace(val='') %}
    {%- if message.content is string %}
        {%- set content.val = message.content %}
    {%- endif %}
    {%- if (message.role == 'user') or (message.role == 'system' and not loop.first) %}
        {{- '<|start_of_role|>' + message.role + '<|end_of_role|>' + content.val + '<|end_of_text|>\n' }}
    {%- elif message.role == 'assistant' %}
        {{- '<|start_of_role|>' + message.role + '<|end_of_role|>' + content.val }}
        {%- if message.tool_calls %}
            {{- '<tool_call>' }}
        {%- endif %}
        {{- '<|end_of_text|>\n' }}
    {%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}
    {{- '<|start_of_role|>assistant<|end_of_role|>' }}
{%- endif %}
"""
ALTERNATES = (
    "{{ bos_token }}{% if messages[0]['role'] == 'system' %}{{ raise_exception('no system turn') }}{% endif %}"
    "{% for message in messages %}{% if (message['role'] == 'user') != (loop.index0 % 2 == 0) %}"
    "{{ raise_exception('turns must alternate') }}{% endif %}"
    "{% if (message['role'] == 'assistant') %}{% set role = 'model' %}{% else %}{% set role = message['role'] %}{% endif %}"
    "{{ '<start_of_turn>' + role + '\n' + message['content'] | trim + '<end_of_turn>\n' }}{% endfor %}"
    "{% if add_generation_prompt %}{{'<start_of_turn>model\n'}}{% endif %}"
)
INST = r"""{%- if messages[0]["role"] == "system" %}
    {%- set system_message = messages[0]["content"] %}
    {%- set loop_messages = messages[1:] %}
{%- else %}
    {%- set loop_messages = messages %}
{%- endif %}
{%- set user_messages = loop_messages | selectattr("role", "equalto", "user") | list %}
{%- set ns = namespace() %}
{%- set ns.index = 0 %}
{%- for message in loop_messages %}
    {%- if message["role"] not in ["tool", "tool_results"] and not message.get("tool_calls") %}
        {%- if (message["role"] == "user") != (ns.index % 2 == 0) %}
            {{- raise_exception("roles must alternate") }}
        {%- endif %}
        {%- set ns.index = ns.index + 1 %}
    {%- endif %}
{%- endfor %}
{{- bos_token }}
{%- for message in loop_messages %}
    {%- if message["role"] == "user" %}
        {%- if loop.last and message == user_messages[-1] and system_message is defined %}
            {{- "[INST] " + system_message + "\n\n" + message["content"] + "[/INST]" }}
        {%- else %}
            {{- "[INST] " + message["content"] + "[/INST]" }}
        {%- endif %}
    {%- else %}
        {{- " " + message["content"]|trim + eos_token}}
    {%- endif %}
{%- endfor %}
"""
PARTS = r"""{%- macro turn(role, content='') -%}
<|{{ role }}|>
{{ content|trim }}<|end|>
{% endmacro -%}
{% set prefix %}<<{{ bos_token }}>>{% endset %}
{{- prefix }}
{%- for m in messages %}{{ turn(m.role, m.content) }}{% if loop.index > 3 %}{% break %}{% endif %}{% endfor %}
{%- set roles = messages | map(attribute='role') | list %}{{ roles | join(',') | upper }}|{{ roles|unique|list|length }}
{{ messages | rejectattr('role', 'ne', 'user') | list | length }} {{ messages[0] | tojson }} {{ {'a': [1, 'x"y', none]} | tojson(indent=2) }}
{% for k, v in messages[0].items() %}{{ k }}={{ v }};{% endfor %}{{ messages[0].get('no', 'none') }}
{{ missing }}|{{ missing | default('d') }}|{{ '' | default('d', true) }}|{{ [1, 2, 3][1:] | join }}|{{ 7 // 2 }}|{{ 'x' ~ 1 }}|{{ 'abc'[-1] }}{{ 'abc'[0] }}{{ 'abc'[1:] }}
{{ 'a,b,,c'.split(',') | join('+') }}|{{ 'a b  c'.split() | join('+') }}|{{ 'x-y-z'.replace('-', '', 1) }}|{{ ' a '.strip() ~ '!' }}|{{ 'hello world' | title }}|{{ 'HELLO' | capitalize }}
{{ 'a\nb' | indent(2) }}|{{ 'a\nb' | indent(2, true) }}|{{ 'abc' | first }}{{ [1, 2] | last }}|{{ [3, 1] | reverse | list | join(',') }}|{{ range(3) | join(',') }}|{{ 'ß<>' | escape }}
{% raw %}{{ not }}{% endraw %} {{ 'in' if 'a' in 'cat' else 'out' }} {{ 'yes' if 'no' not in ['a'] and not missing else 'no' }}
"""
TEMPLATES = {
    "smollm2": SMOLLM2, "qwen2": QWEN2, "llama3": LLAMA3, "qwen3": QWEN3, "granite": GRANITE, "alternates": ALTERNATES, "inst": INST,
    "parts": PARTS,
}
PUBLISHED = {
    "qwen2": "Qwen-Qwen2.5-7B-Instruct.jinja", "qwen3": "Qwen-Qwen3-0.6B.jinja", "granite": "ibm-granite-granite-4.0.jinja",
}
CHATS = [
    ["user"], ["system", "user"], ["system", "user", "assistant", "user"], ["user", "assistant", "user"], ["assistant"],
    ["system"], ["user", "user"], ["user", "assistant", "assistant", "user", "assistant"],
]


class Refused(Exception):
    pass


def raise_exception(reason):
    raise Refused(reason)


def tojson(value, indent=None):
    return json.dumps(value, ensure_ascii=False, indent=indent)


environment = ImmutableSandboxedEnvironment(trim_blocks=True, lstrip_blocks=True, extensions=[loopcontrols])
environment.filters["tojson"] = tojson
environment.globals["raise_exception"] = raise_exception
sources, commit = pathlib.Path(sys.argv[1], "models", "templates"), sys.argv[2]


def rendered(source, chat):
    messages = [{"role": role, "content": f"\ue000{place}\ue001"} for place, role in enumerate(chat)]
    try:
        text = environment.from_string(source).render(
            messages=messages, add_generation_prompt=True, enable_thinking=False, bos_token="<bos>", eos_token="<eos>")
        return {"text": text.replace("\ue000", "[").replace("\ue001", "]")}
    except Refused as refusal:
        return {"refusal": str(refusal)}


rows, published = [], {}
for name, source in TEMPLATES.items():
    theirs = source
    if name in PUBLISHED:
        theirs = (sources / PUBLISHED[name]).read_text()
        published[name] = {"file": PUBLISHED[name], "sha256": hashlib.sha256(theirs.encode()).hexdigest()}
    for chat in CHATS:
        row = rendered(theirs, chat)
        assert rendered(source, chat) == row, (name, chat)
        rows.append({"name": name, "chat": chat, **row})
made = {
    "made": f"by chat-templates.py with jinja2 {jinja2.__version__} and models/templates of ggml-org/llama.cpp at {commit}",
    "published": published, "templates": TEMPLATES, "rows": rows,
}
print(json.dumps(made, ensure_ascii=False, indent=1))
