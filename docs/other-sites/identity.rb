require 'json'
require 'openssl'

# Says who is logged in, signed for App Inbox; '' for a guest. Take the id from your session, never from the request.
def app_inbox_identity(customer_id, email = nil)
  return '' if ['', '0'].include?((customer_id || '').to_s)

  site = ENV.fetch('SITE_URL').sub(%r{/+\z}, '')
  now = Time.now.to_i
  claims = { iss: site, aud: 'app-inbox', sub: customer_id.to_s, email: email, iat: now, exp: now + 15 * 60 }
  part = ->(bytes) { [bytes].pack('m0').tr('+/', '-_').delete('=') }
  text = [{ alg: 'HS256', typ: 'JWT' }, claims].map { |value| part.(value.to_json) }.join('.')
  "#{text}.#{part.(OpenSSL::HMAC.digest('SHA256', ENV.fetch('IDENTITY_SECRET'), text))}"
end

# To try it: ruby identity.rb 42 ann@example.com
puts app_inbox_identity(*ARGV) if __FILE__ == $PROGRAM_NAME
