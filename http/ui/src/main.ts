import { mount } from 'svelte';
import './themes.css';
import './app.css';
import './controls.css';
import App from './App.svelte';
import { speech } from './words/say.svelte';

const target = document.getElementById('app');
void speech.start().finally(() => target && mount(App, { target }));
