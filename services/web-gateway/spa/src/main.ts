// The staff's console: takes up a session if there is one, then shows the page of the address.
import './older'
import { createApp } from 'vue'
import App from './App.vue'
import { router } from './router'
import { resume } from './session'
import './style.css'

await resume()
createApp(App).use(router).mount('#app')
