import { mount } from 'svelte';
import './themes.css';
import './app.css';
import './controls.css';
import App from './App.svelte';

const target = document.getElementById('app');
if (target) mount(App, { target });
